"""Making indices: the first one of a collection, the parts of a dated one, and what a known one gains."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from store.contract import Collection
from store.elasticsearch import names
from store.elasticsearch.completing import complete
from store.elasticsearch.connection import Connection
from store.elasticsearch.explaining import RightMissingError, problem_of
from store.elasticsearch.mappings import BARE, WITHOUT_TEMPLATE, whole
from store.elasticsearch.table import read_table
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
        complete(connection, table, wanted)
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
