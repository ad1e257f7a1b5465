"""Addresses inside Kibana: its state is written as Rison, a shorter JSON (https://github.com/Nanonid/rison)."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from es_mappings.kibana_definitions import Link, Lookup

# What Rison needs of an address, and the braces of {{value}}, stay as they are.
_PLAIN = "!'()*:,@$/{}"


def link_template(link: Link, *, search_id: str, view_id: str, prefix: str) -> str:
    """The address to which {{value}} leads, relative to the page so that it stays in its space."""
    state: dict[str, object] = {"query": {"language": "kuery", "query": link.kql or ""}}
    if link.filter is not None:
        state["filters"] = [_filter(link.filter, view_id, prefix)]
    return f"../app/discover#/view/{search_id}?_a={quote(rison(state), safe=_PLAIN)}"


def terms_lookup(lookup: Lookup, prefix: str, value: str) -> dict[str, object]:
    """The query: documents whose field is among the values that stand in the document with this id."""
    index = lookup.index.replace("{prefix}", prefix)
    return {"terms": {lookup.field: {"index": index, "id": value, "path": lookup.path}}}


def rison(value: object) -> str:
    """The value as Rison; of numbers only whole ones."""
    match value:
        case None:
            return "!n"
        case bool():
            return "!t" if value else "!f"
        case int():
            return str(value)
        case str():
            return "'" + value.replace("!", "!!").replace("'", "!'") + "'"
        case Mapping():
            return "(" + ",".join(f"{rison(name)}:{rison(inner)}" for name, inner in value.items()) + ")"
        case Sequence():
            return "!(" + ",".join(map(rison, value)) + ")"
        case _:
            raise TypeError(f"{type(value).__name__} cannot be written as Rison")


def _filter(lookup: Lookup, view_id: str, prefix: str) -> dict[str, object]:
    return {
        "$state": {"store": "appState"},
        "meta": {
            "alias": lookup.says,
            "disabled": False,
            "index": view_id,
            "key": "query",
            "negate": False,
            "type": "custom",
        },
        "query": terms_lookup(lookup, prefix, "{{value}}"),
    }
