"""Documents of one collection by field, by time and by word."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from store.contract import Document, FieldValue
from store.elasticsearch import hits
from store.elasticsearch.connection import Connection
from store.elasticsearch.shape import Clause, all_of
from store.elasticsearch.table import Table
from store.elasticsearch.texts import words_asked
from store.encoding import to_microseconds


def field_clauses(table: Table, where: Mapping[str, FieldValue] | None) -> list[Clause]:
    """The clauses that these fields have these values; None means absent or null."""
    return [table.shape.condition(field, value) for field, value in (where or {}).items()]


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
    """The documents by `at` then id, undated ones last, as they were when the reading began."""
    way = "desc" if newest_first else "asc"
    body = {"query": all_of(clauses), "sort": [{"store.at": {"order": way, "missing": "_last"}}, {"store.id": way}]}
    if limit is not None and limit <= hits.PAGE:
        found = hits.search(connection, table.alias, {**body, "size": limit}) if limit > 0 else []
        yield from (table.shape.document(hit.source) for hit in found)
        return
    left = limit
    for page in hits.pages(connection, table.alias, body):
        for hit in page if left is None else page[:left]:
            yield table.shape.document(hit.source)
        left = None if left is None else left - len(page)
        if left is not None and left <= 0:
            return


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
