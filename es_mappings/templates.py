"""Component and index templates on a server, and the first index of each collection."""

from collections.abc import Iterator

import msgspec

from es_mappings.comparing import holds, same
from es_mappings.definitions import Definition, definitions
from es_mappings.outcome import line
from store import Collection
from store.elasticsearch import Connection, live_version, make_first_index, make_leases

_SETTINGS = "settings"


class _Component(msgspec.Struct, frozen=True):
    component_template: Definition


class _Components(msgspec.Struct, frozen=True):
    component_templates: list[_Component]


class _Index(msgspec.Struct, frozen=True):
    index_template: Definition


class _Indices(msgspec.Struct, frozen=True):
    index_templates: list[_Index]


def install_components(connection: Connection) -> Iterator[str]:
    """Make or change the component templates; says what was done with each."""
    options = connection.options
    for name, wanted in definitions("components", prefix=options.prefix).items():
        if name == _SETTINGS:
            wanted["template"]["settings"] |= {
                "index.number_of_shards": str(options.shards),
                "index.number_of_replicas": str(options.replicas),
            }
        path = f"/_component_template/{options.prefix}-{name}"
        answer = connection.send("GET", path, accept={404})
        found = msgspec.json.decode(answer.body, type=_Components).component_templates if answer.status == 200 else []
        there = found[0].component_template if found else None
        yield _put(connection, path, there, wanted, f"component template {options.prefix}-{name}")


def install_indices(connection: Connection, *, lifecycle: frozenset[str]) -> Iterator[str]:
    """Make or change the index templates and make the first indices; says what was done with each.

    `lifecycle` names the collections whose indices the server removes by itself.
    """
    prefix = connection.options.prefix
    for name, wanted in definitions("indices", prefix=prefix).items():
        meta = wanted["template"]["mappings"].get("_meta", {})
        version = meta.get("version", 1)
        if name in lifecycle:
            # Each index by date is put under the policy when it is made; that of the undated must stay.
            meta["lifecycle"] = f"{prefix}-{name}"
        live = live_version(connection, name) if "collection" in meta else None
        if live is not None and live != version:
            # Under the alias new indices would be read beside the old ones, before they hold anything.
            wanted["template"]["aliases"] = {}
        path = f"/_index_template/{prefix}-{name}-v{version}"
        answer = connection.send("GET", path, accept={404})
        found = msgspec.json.decode(answer.body, type=_Indices).index_templates if answer.status == 200 else []
        there = found[0].index_template if found else None
        yield _put(connection, path, there, wanted, f"index template {prefix}-{name}-v{version}")
        if "collection" in meta:
            yield _first_index(connection, meta, live)
    yield line("made" if make_leases(connection) == "made" else "left", "the index of the leases")


def _put(connection: Connection, path: str, there: Definition | None, wanted: Definition, what: str) -> str:
    if there is not None and holds(there, wanted) and same(there["template"], wanted["template"]):
        return line("left", what)
    connection.send("PUT", path, wanted)
    return line("made" if there is None else "changed", what)


def _first_index(connection: Connection, meta: Definition, live: int | None) -> str:
    collection = Collection(name=meta["collection"], dated=meta.get("dated", False))
    if live is None:
        return line("made", f"index {make_first_index(connection, collection, meta['version'])}")
    if live == meta["version"]:
        return line("left", f"collection {collection.name}, version {live}")
    return line(
        "to do", f"collection {collection.name} is of version {live}, its template of {meta['version']}: migrate it"
    )
