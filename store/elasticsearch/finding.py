"""Documents of one collection by field, by time and by word."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from store.contract import Document, FieldValue
from store.elasticsearch import hits
from store.elasticsearch.connection import Connection
from store.elasticsearch.hits import Hit
from store.elasticsearch.shape import Clause, all_of
from store.elasticsearch.table import Table
from store.elasticsearch.texts import words_asked
from store.encoding import to_microseconds

_VALUES = 500  # clauses in one question; a server takes 1,024 and more


def field_clauses(table: Table, where: Mapping[str, FieldValue] | None) -> list[Clause]:
    """The clauses that these fields have these values; None means absent or null."""
    return [table.shape.condition(field, value) for field, value in (where or {}).items()]


def having(connection: Connection, table: Table, field: str, values: Sequence[str]) -> Iterator[Document]:
    """The documents whose field is one of these values."""
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), _VALUES):
        either = [table.shape.condition(field, value) for value in wanted[start : start + _VALUES]]
        body = {"query": all_of([{"bool": {"should": either}}]), "sort": ["store.id"]}
        for page in _pages(connection, table.alias, body, hits.PAGE):
            yield from (table.shape.document(hit.source) for hit in page)


def time_clauses(since: datetime | None, until: datetime | None) -> list[Clause]:
    """The clauses that `at` is in [since, until)."""
    bounds: dict[str, int | None] = {"gte": to_microseconds(since), "lt": to_microseconds(until)}
    given = {bound: moment for bound, moment in bounds.items() if moment is not None}
    return [{"range": {"store.at": given}}] if given else []


def count(connection: Connection, table: Table, clauses: list[Clause]) -> int:
    """How many documents meet the clauses."""
    return hits.count(connection, table.alias, all_of(clauses))


def stream(
    connection: Connection, table: Table, clauses: list[Clause], *, newest_first: bool, limit: int | None
) -> Iterator[Document]:
    """The documents by `at` then id, undated ones last; what is written meanwhile may come along on the first page."""
    way = "desc" if newest_first else "asc"
    body = {"query": all_of(clauses), "sort": [{"store.at": {"order": way, "missing": "_last"}}, {"store.id": way}]}
    found = _pages(connection, table.alias, body, hits.PAGE if limit is None else min(max(limit, 0), hits.PAGE))
    yield from islice((table.shape.document(hit.source) for page in found for hit in page), limit)


def _pages(connection: Connection, index: str, body: Mapping[str, Any], size: int) -> Iterator[list[Hit]]:
    """Page by page; most questions have few answers, and for those no view is opened."""
    first = hits.search(connection, index, {**body, "size": size}) if size else []
    yield first
    if len(first) == hits.PAGE:
        yield from hits.pages(connection, index, body, first[-1].sort)


def search(connection: Connection, table: Table, words: str, limit: int) -> list[Document]:
    """The documents whose text has all the words, best first (BM25), then by id."""
    asked = words_asked(words)
    if not asked or limit <= 0:
        return []
    body: dict[str, Any] = {
        "query": {"match": {"store.text": {"query": asked, "operator": "and"}}},
        "sort": ["_score", {"store.id": "asc"}],
        "size": min(limit, hits.WINDOW),
    }
    # Each shard counts words for itself unless told otherwise, and scores of two shards could not be compared.
    found = hits.search(connection, table.alias, body, search_type="dfs_query_then_fetch")
    return [table.shape.document(hit.source) for hit in found]
