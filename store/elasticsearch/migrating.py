"""From one version of a collection's mapping to another: copied by this client, then switched at once.

The server copies nothing by itself here: a document is read in its old shape and written in its new one. Nothing may
write to the collection meanwhile.
"""

from collections.abc import Iterator, Set
from datetime import UTC, datetime

import msgspec

from store.contract import Document
from store.elasticsearch import names
from store.elasticsearch.bulk import Write, refresh, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import make_index
from store.elasticsearch.hits import count, pages
from store.elasticsearch.identifiers import to_key
from store.elasticsearch.parts import Parts
from store.elasticsearch.refused import require_all
from store.elasticsearch.shape import Clause, joined
from store.elasticsearch.table import Table, read_table
from store.errors import StoreError, unknown

_EVERY: Clause = {"match_all": {}}


class Migrated(msgspec.Struct, frozen=True, kw_only=True):
    """What was copied, and the indices that nothing reads any more: delete them when all is well."""

    documents: int
    old: tuple[str, ...]


def migrate(connection: Connection, collection: str, version: int) -> Migrated:
    """Copy the collection into indices of this version, whose template must be there, and switch its alias to them.

    What a migration left that was cut short is removed first. StoreError when documents do not fit the new version, or
    were written meanwhile: then nothing is switched.
    """
    source = read_table(connection, collection)
    if source is None:
        raise unknown("collection", collection, [])
    if source.meta.version == version:
        return Migrated(documents=0, old=())
    target = _target(connection, source, version)
    parts = Parts(connection)
    for documents in _documents(connection, source):
        _copy(connection, target, parts, documents)
    new, old = _indices(connection, _parts_of(target.base)), _indices(connection, source.alias)
    refresh(connection, new)
    copied, there = (count(connection, ",".join(sorted(indices)), _EVERY) for indices in (new, old))
    if copied != there:
        raise StoreError(
            f"{collection}: {there:,} documents in the old indices, {copied:,} in the new ones: stop every worker and "
            "migrate again; nothing was switched"
        )
    _switch(connection, source.alias, old, new)
    return Migrated(documents=copied, old=tuple(sorted(old)))


def _target(connection: Connection, source: Table, version: int) -> Table:
    base = names.base(connection.options.prefix, source.name, version)
    for left in _indices(connection, _parts_of(base)):
        connection.send("DELETE", f"/{left}")
    first = f"{base}-{names.UNDATED}" if source.meta.dated else base
    make_index(connection, first)
    target = read_table(connection, source.name, first)
    if target is None or target.meta.version != version:
        connection.send("DELETE", f"/{first}", accept={404})
        raise StoreError(f"{source.name}: no template of version {version}: install that version's templates first")
    return target


def _documents(connection: Connection, source: Table) -> Iterator[list[Document]]:
    for hits in pages(connection, source.alias, {"query": _EVERY, "sort": ["_shard_doc"]}):
        yield [source.shape.document(hit.source) for hit in hits]


def _copy(connection: Connection, target: Table, parts: Parts, documents: list[Document]) -> None:
    now, period = datetime.now(UTC), connection.options.period
    writes = [
        Write(
            "index",
            target.index_of(document, now, period),
            to_key(document.id),
            joined(target.shape.source(document)),
        )
        for document in documents
    ]
    parts.make(target, {one.index for one in writes})
    require_all([document.id for document in documents], write(connection, writes))


def _parts_of(base: str) -> str:
    return f"{base},{base}-*"


def _indices(connection: Connection, of: str) -> Set[str]:
    params = {"ignore_unavailable": "true", "allow_no_indices": "true"}
    return connection.read("GET", f"/{of}/_alias", type=dict[str, msgspec.Raw], params=params).keys()


def _switch(connection: Connection, alias: str, old: Set[str], new: Set[str]) -> None:
    actions = [{"remove": {"index": index, "alias": alias}} for index in sorted(old)]
    actions += [{"add": {"index": index, "alias": alias}} for index in sorted(new)]
    connection.send("POST", "/_aliases", {"actions": actions})
