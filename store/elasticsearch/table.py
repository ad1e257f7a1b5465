"""What the server knows of a collection: read from the mapping of its indices, so that every process sees the same."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from store.contract import Document
from store.elasticsearch import names
from store.elasticsearch.connection import Connection
from store.elasticsearch.named_shape import ASKABLE, NamedShape, Naming
from store.elasticsearch.options import Period
from store.elasticsearch.shape import Shape
from store.elasticsearch.whole_shape import WholeShape


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """The `_meta` of a mapping; with `names` the collection has a template."""

    collection: str | None = None
    version: int = 1
    dated: bool = False
    searchable: bool = False
    lifecycle: str | None = None
    fields: tuple[str, ...] = ()
    names: Mapping[str, str] | None = None
    text: str | None = None
    constants: Mapping[str, Any] = {}
    derived: Mapping[str, Any] = {}
    written: str | None = None


class _Mapping(msgspec.Struct, frozen=True):
    meta: Meta = msgspec.field(name="_meta", default=Meta())
    properties: Mapping[str, Any] = {}


class _Index(msgspec.Struct, frozen=True):
    mappings: _Mapping


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A collection: the alias under which it is read, what its indices begin with, and the shape of its documents."""

    name: str
    alias: str
    base: str
    meta: Meta
    shape: Shape

    def index_of(self, document: Document, now: datetime, period: Period) -> str:
        """The index that this document stands in."""
        return f"{self.base}-{names.part_of(document.at, period, now)}" if self.meta.dated else self.base

    @property
    def templated(self) -> bool:
        """Whether a template describes its indices."""
        return self.meta.names is not None


def read_table(connection: Connection, collection: str, index: str | None = None) -> Table | None:
    """The collection as the server has it, or as this index alone would keep it; None where there is none."""
    there = index or names.alias(connection.options.prefix, collection)
    answer = connection.send("GET", f"/{there}/_mapping", accept={404})
    if answer.status == 404:
        return None
    indices = msgspec.json.decode(answer.body, type=dict[str, _Index])
    newest = max(indices, key=lambda name: (names.version_of(name), name.endswith(names.UNDATED), name))
    return _table(connection.options.prefix, collection, indices[newest].mappings)


def live_version(connection: Connection, collection: str) -> int | None:
    """The version of the mapping under which a collection is kept; None where there is none."""
    table = read_table(connection, collection)
    return None if table is None else table.meta.version


def _table(prefix: str, collection: str, mapping: _Mapping) -> Table:
    meta = mapping.meta
    return Table(
        name=collection,
        alias=names.alias(prefix, collection),
        base=names.base(prefix, collection, meta.version),
        meta=meta,
        shape=WholeShape(meta.fields) if meta.names is None else _named(meta, meta.names, mapping.properties),
    )


def _named(meta: Meta, given: Mapping[str, str], properties: Mapping[str, Any]) -> NamedShape:
    naming = msgspec.convert(
        {"names": given, "text": meta.text, "constants": meta.constants, "derived": meta.derived}
        | {"written": meta.written},
        Naming,
    )
    return NamedShape(naming, dict(_types(properties, "")))


def _types(properties: Mapping[str, Any], above: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, what in properties.items():
        path = above + name
        if what.get("type") in ASKABLE and what.get("index", True):
            found.append((path, what["type"]))
        found += _types(what.get("properties", {}), f"{path}.")
    return found


def collections(connection: Connection, *, searchable: bool = False) -> list[str]:
    """The names of the collections that there are, or of those whose text can be searched."""
    prefix = connection.options.prefix
    params = {"ignore_unavailable": "true", "allow_no_indices": "true"}
    found = connection.read("GET", f"/{prefix}-*/_mapping", type=dict[str, _Index], params=params)
    metas = {index: entry.mappings.meta for index, entry in found.items()}
    return sorted(
        {
            meta.collection
            for index, meta in metas.items()
            if meta.collection is not None and index.startswith(names.alias(prefix, meta.collection) + "-v")
            if meta.searchable or not searchable
        }
    )
