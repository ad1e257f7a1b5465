"""What is past its time: whole indices where all of one is, single documents elsewhere."""

from datetime import datetime

import msgspec

from store.elasticsearch import names
from store.elasticsearch.bulk import Write, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.documents import delete
from store.elasticsearch.finding import stream, time_clauses
from store.elasticsearch.hits import count, pages, with_keys
from store.elasticsearch.parts import Parts
from store.elasticsearch.shape import Clause
from store.elasticsearch.table import Table

_PART = 500
_EVERY: Clause = {"match_all": {}}


def expire(connection: Connection, table: Table, parts: Parts, before: datetime) -> int:
    """Remove the documents dated before this moment with their keys and vectors; return how many there were."""
    removed = 0
    for index in _indices(connection, table.alias):
        end = names.end_of(index)
        if table.meta.dated and end is not None and end <= before:
            removed += _drop(connection, index)
            parts.forget({index})
    clauses = time_clauses(None, before)
    while old := list(stream(connection, table, clauses, newest_first=False, limit=_PART)):
        removed += delete(connection, table, [document.id for document in old])
    return removed


def _indices(connection: Connection, of: str) -> list[str]:
    params = {"ignore_unavailable": "true"}
    return sorted(connection.read("GET", f"/{of}/_alias", type=dict[str, msgspec.Raw], params=params))


def _drop(connection: Connection, index: str) -> int:
    """Remove the index; what is filed under its documents goes first, so that a repeat makes a kill good."""
    _forget(connection, index)
    documents = count(connection, index, _EVERY)
    connection.send("DELETE", f"/{index}", accept={404})
    return documents


def _forget(connection: Connection, index: str) -> None:
    filed = names.every_key_and_vector(connection.options.prefix)
    if not _indices(connection, filed):
        return
    for hits in pages(connection, index, {"query": _EVERY, "sort": ["_shard_doc"], "_source": False}):
        found = with_keys(connection, filed, [hit.key for hit in hits], _source=False)
        write(connection, [Write("delete", hit.index, hit.key) for hit in found])
