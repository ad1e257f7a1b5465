"""Definitions as saved objects, in the form in which Kibana exports and imports them.

The versions are those of the form, not of Kibana: a newer Kibana brings what it imports up to date.
"""

from collections.abc import Mapping

import msgspec

from es_mappings.kibana_dashboards import dashboard_object
from es_mappings.kibana_definitions import Dashboard, DataView, Definition, Search, kibana_definitions, written
from es_mappings.kibana_naming import Naming, SavedObject, saved_object
from es_mappings.kibana_views import view_object

_VERSION = "10.5.0"
_SOURCE = "kibanaSavedObjectMeta.searchSourceJSON"


def saved_objects(prefix: str, space: str = "") -> list[SavedObject]:
    """Every object of this folder, with the names of this installation; the same each time."""
    naming, known = Naming(prefix, space), kibana_definitions()
    return [_saved(naming, known, name, definition) for name, definition in known.items()]


def ndjson(objects: list[SavedObject]) -> bytes:
    """The objects as a file that Kibana imports, one on each line."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in objects)


def _saved(naming: Naming, known: Mapping[str, Definition], name: str, definition: Definition) -> SavedObject:
    match definition:
        case DataView():
            return view_object(naming, known, name, definition)
        case Search():
            return _search(naming, name, definition)
        case Dashboard():
            return dashboard_object(naming, name, definition)


def _search(naming: Naming, name: str, search: Search) -> SavedObject:
    source = {
        "query": {"query": search.kql, "language": "kuery"},
        "filter": [],
        "indexRefName": f"{_SOURCE}.index",
    }
    attributes = {
        "title": naming.said(search.title),
        "description": search.description,
        "columns": list(search.columns),
        "sort": [[search.newest, "desc"]],
        "kibanaSavedObjectMeta": {"searchSourceJSON": written(source)},
    }
    references = [{"type": "index-pattern", "id": naming.id(search.view), "name": f"{_SOURCE}.index"}]
    return saved_object(naming, "search", name, _VERSION, attributes, references)
