"""Making indices: the first one of a collection, the parts of a dated one, and what a known one gains."""

from collections.abc import Mapping, Set
from typing import Any, Literal

import msgspec

from store.contract import Collection
from store.elasticsearch import names
from store.elasticsearch.bulk import Write, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.explaining import RightMissingError, problem_of
from store.elasticsearch.hits import pages
from store.elasticsearch.mappings import BARE, WITHOUT_TEMPLATE, whole
from store.elasticsearch.shape import joined
from store.elasticsearch.table import Table, read_table
from store.errors import StoreError

Made = Literal["made", "there", "no right"]

_EXISTS = "resource_already_exists_exception"


class _Template(msgspec.Struct, frozen=True):
    name: str


class _Templates(msgspec.Struct, frozen=True):
    index_templates: list[_Template] = []


def make_collection(connection: Connection, wanted: Collection) -> None:
    """Make the collection if it is not there; one without a template gains the fields that it lacks.

    One that whoever signed in may not see, or not make, is left out.
    """
    if wanted.name.split("-")[0] in names.RESERVED:
        raise StoreError(f"no collection can be called {wanted.name!r}: the store keeps its own under that name")
    try:
        table = read_table(connection, wanted.name)
    except RightMissingError:
        return
    if table is not None and table.meta.collection is None:
        raise StoreError(f"the alias {table.alias} is of something else: use another elasticsearch.prefix")
    if table is not None:
        _complete(connection, table, wanted)
    elif (version := newest_template(connection, wanted.name)) is not None:
        make_first_index(connection, wanted, version)


def newest_template(connection: Connection, collection: str) -> int | None:
    """The newest version of the collection's template, 0 where it has none; None without the right to know."""
    path = f"/_index_template/{names.alias(connection.options.prefix, collection)}-v*"
    try:
        answer = connection.send("GET", path, params={"filter_path": "index_templates.name"}, accept={404})
    except RightMissingError:
        return None
    found = msgspec.json.decode(answer.body, type=_Templates) if answer.status < 300 else _Templates()
    return max((names.version_of(template.name) for template in found.index_templates), default=WITHOUT_TEMPLATE)


def make_first_index(connection: Connection, wanted: Collection, version: int) -> str:
    """The index that makes a collection be there: its only one, or that of the undated; made unless it is there."""
    prefix = connection.options.prefix
    index = names.base(prefix, wanted.name, version) + (f"-{names.UNDATED}" if wanted.dated else "")
    mapping = whole(wanted, wanted.fields, searchable=wanted.searchable) if version == WITHOUT_TEMPLATE else BARE
    make_index(connection, index, alias=names.alias(prefix, wanted.name), mapping=mapping)
    return index


def make_index(
    connection: Connection,
    index: str,
    *,
    alias: str | None = None,
    mapping: Mapping[str, Any] = BARE,
    settings: Mapping[str, Any] | None = None,
) -> Made:
    """Make the index unless it is there, or there is no right to; says which."""
    options = connection.options
    body: dict[str, Any] = {
        "settings": {"index.number_of_shards": options.shards, "index.number_of_replicas": options.replicas}
        | dict(settings or {}),
        "mappings": mapping,
    }
    if alias is not None:
        body["aliases"] = {alias: {}}
    try:
        answer = connection.send("PUT", f"/{index}", body, accept={400})
    except RightMissingError:
        return "no right"
    if answer.status == 400 and (problem := problem_of(answer)).type != _EXISTS:
        raise connection.refused(400, problem)
    return "made" if answer.status < 300 else "there"


def _complete(connection: Connection, table: Table, wanted: Collection) -> None:
    lacking = [name for name in wanted.fields if name not in table.shape.fields()]
    if table.templated:
        if lacking:
            raise StoreError(
                f"the indices of {wanted.name!r} have no field {lacking[0]!r}: install the templates of this version "
                "and migrate"
            )
        return
    if lacking or (wanted.searchable and not table.meta.searchable):
        fields = (*table.meta.fields, *dict.fromkeys(lacking))
        mapping = whole(wanted, fields, searchable=wanted.searchable or table.meta.searchable)
        connection.send("PUT", f"/{table.alias}/_mapping", mapping)
        _rewrite(connection, wanted.name)


def _rewrite(connection: Connection, collection: str) -> None:
    """Write each document again as it is, so that fields it always had can be asked for."""
    table = read_table(connection, collection)
    if table is None:
        return
    every = {"query": {"match_all": {}}, "sort": ["_shard_doc"], "seq_no_primary_term": True}
    for hits in pages(connection, table.alias, every):
        write(
            connection,
            [
                Write(
                    "index",
                    hit.index,
                    hit.key,
                    joined(table.shape.source(table.shape.document(hit.source))),
                    (hit.sequence, hit.term),
                )
                for hit in hits
            ],
        )


class Parts:
    """The indices of dated collections that are known to be there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: set[str] = set()

    def make(self, table: Table, indices: Set[str]) -> None:
        """Make those indices of the collection that are not there yet."""
        for index in sorted(indices - self._known):
            if table.meta.dated:
                self._make(table, index)
            self._known.add(index)

    def _make(self, table: Table, index: str) -> None:
        answer = self._connection.send("HEAD", f"/{index}", accept={404})
        if answer.status != 404:
            return
        end = names.end_of(index)
        settings: dict[str, object] = {}
        if table.meta.lifecycle is not None and end is not None:
            # Its age counts from the last date in it, not from the day on which it was made.
            settings["index.lifecycle.name"] = table.meta.lifecycle
            settings["index.lifecycle.origination_date"] = int(end.timestamp() * 1000)
        if table.templated:
            made = make_index(self._connection, index, settings=settings)
        else:
            made = make_index(self._connection, index, alias=table.alias, mapping=_mapping(table), settings=settings)
        if made == "no right":
            raise StoreError(f"no right to make the index {index}: give the user or the API key the role of the writer")

    def forget(self, indices: Set[str]) -> None:
        """These are gone."""
        self._known -= indices


def _mapping(table: Table) -> Mapping[str, Any]:
    collection = Collection(name=table.name, dated=table.meta.dated)
    return whole(collection, table.meta.fields, searchable=table.meta.searchable)
