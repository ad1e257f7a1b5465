"""Data views: which indices, what their fields are called, and where their values lead."""

from collections.abc import Mapping

from es_mappings.kibana_definitions import DataView, Definition, Field, Search, written
from es_mappings.kibana_links import link_template
from es_mappings.kibana_naming import Naming, SavedObject, saved_object

_VERSION = "8.0.0"


def view_object(naming: Naming, known: Mapping[str, Definition], name: str, view: DataView) -> SavedObject:
    """The view as Kibana keeps it; `known` are all definitions, for those that its links lead to."""
    fields = _fields_of(known, view)
    shown = {path: _shown(naming, known, field) for path, field in fields.items()}
    attributes = {
        "title": view.indices.replace("{prefix}", naming.prefix),
        "name": naming.said(view.name),
        "fields": "[]",
        "runtimeFieldMap": "{}",
        "fieldAttrs": written(
            {path: {"customLabel": field.label, "customDescription": field.says} for path, field in fields.items()}
        ),
        "fieldFormatMap": written({path: one for path, one in shown.items() if one}),
    }
    if view.time is not None:
        attributes["timeFieldName"] = view.time
    return saved_object(naming, "index-pattern", name, _VERSION, attributes, [])


def _fields_of(known: Mapping[str, Definition], view: DataView) -> dict[str, Field]:
    other = known.get(view.like or "")
    return other.fields | view.fields if isinstance(other, DataView) else view.fields


def _shown(naming: Naming, known: Mapping[str, Definition], field: Field) -> SavedObject:
    if field.exact:
        return {"id": "string", "params": {"transform": False}}
    if field.opens is None:
        return {}
    search = known[field.opens.search]
    view_id = naming.id(search.view) if isinstance(search, Search) else ""
    template = link_template(
        field.opens, search_id=naming.id(field.opens.search), view_id=view_id, prefix=naming.prefix
    )
    params = {"type": "a", "urlTemplate": template, "labelTemplate": "{{value}}", "openLinkInCurrentTab": False}
    return {"id": "url", "params": params}
