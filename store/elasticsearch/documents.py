"""Documents of one collection: write, fetch, remove."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from store.contract import Document
from store.elasticsearch import names
from store.elasticsearch.bulk import Outcome, Write, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.hits import with_keys
from store.elasticsearch.identifiers import to_key, to_keys
from store.elasticsearch.parts import Parts
from store.elasticsearch.refused import require_all
from store.elasticsearch.shape import joined
from store.elasticsearch.table import Table

Places = Mapping[str, frozenset[str]]


def upsert(connection: Connection, table: Table, parts: Parts, documents: Sequence[Document]) -> int:
    """Write the documents (of two with one id the last) and return how many ids were new."""
    latest = {document.id: document for document in documents}
    now, period = datetime.now(UTC), connection.options.period
    writes = []
    for document in latest.values():
        source = joined(table.shape.source(document))
        writes.append(Write("index", table.index_of(document, now, period), to_key(document.id), source))
    parts.make(table, {one.index for one in writes})
    places = _places(connection, table, [one.key for one in writes]) if table.meta.dated else {}
    moved = _moved(writes, places)
    outcomes = write(connection, writes + moved)[: len(writes)]
    require_all(list(latest), outcomes)
    return sum(
        outcome.result == "created" and not places.get(one.key) for one, outcome in zip(writes, outcomes, strict=True)
    )


def _moved(writes: Sequence[Write], places: Places) -> list[Write]:
    """Deletions where a document stood under another date: after its writing, so that a kill between loses nothing."""
    return [
        Write("delete", index, one.key)
        for one in writes
        for index in sorted(places.get(one.key, frozenset()) - {one.index})
    ]


def _places(connection: Connection, table: Table, keys: Sequence[str]) -> Places:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for hit in with_keys(connection, table.alias, keys, _source=False):
        found[hit.key] |= {hit.index}
    return found


def get(connection: Connection, table: Table, ids: Sequence[str]) -> list[Document]:
    """The documents with these ids that exist, in the order asked for."""
    hits = with_keys(connection, table.alias, to_keys(ids))
    found = {document.id: document for document in (table.shape.document(hit.source) for hit in hits)}
    return [found[one] for one in ids if one in found]


def delete(connection: Connection, table: Table, ids: Sequence[str]) -> int:
    """Remove the documents, with their keys and vectors; return how many documents there were."""
    everywhere = f"{table.alias},{names.every_key_and_vector(connection.options.prefix)}"
    hits = list(with_keys(connection, everywhere, to_keys(ids), _source=False))
    outcomes = write(connection, [Write("delete", hit.index, hit.key) for hit in hits])
    return len({hit.key for hit, outcome in zip(hits, outcomes, strict=True) if _was_there(table, hit.index, outcome)})


def _was_there(table: Table, index: str, outcome: Outcome) -> bool:
    return index.startswith(f"{table.alias}-v") and outcome.result == "deleted"
