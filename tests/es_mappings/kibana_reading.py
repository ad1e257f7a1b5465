"""Saved objects as Kibana reads them: JSON within JSON, addresses with a state in them, and what a panel asks for."""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from es_mappings.definitions import definitions
from es_mappings.kibana_objects import saved_objects

PREFIX = "p"
OBJECTS = saved_objects(PREFIX)
BY_ID: dict[str, dict[str, Any]] = {one["id"]: one for one in OBJECTS}


@dataclass(frozen=True)
class Chart:
    """A Lens panel: its view, its query and its one layer."""

    name: str
    view: dict[str, Any]
    kql: str
    layer: dict[str, Any]
    visualization: dict[str, Any]

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class FieldLink:
    """Where a field of a view leads: the search, its view, and the state in the address."""

    view: dict[str, Any]
    field: str
    template: str

    def __repr__(self) -> str:
        return f"{self.view['id']} {self.field}"

    @property
    def search(self) -> str:
        return self.template.removeprefix("../app/discover#/view/").partition("?")[0]

    def state(self, value: str) -> dict[str, Any]:
        """The state of the address for a value, as a browser hands it over."""
        address = self.template.replace("{{value}}", value)
        state: dict[str, Any] = read_rison(unquote(address.partition("?_a=")[2]))
        return state


def of_type(kind: str) -> list[dict[str, Any]]:
    return [one for one in OBJECTS if one["type"] == kind]


def panels(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(dashboard["attributes"]["panelsJSON"])
    return found


def charts() -> list[Chart]:
    """Every Lens panel; its view is found by the dashboard's reference, as Kibana finds it."""
    return [
        _chart(dashboard, panel)
        for dashboard in of_type("dashboard")
        for panel in panels(dashboard)
        if panel["type"] == "lens"
    ]


def _chart(dashboard: dict[str, Any], panel: dict[str, Any]) -> Chart:
    state = panel["embeddableConfig"]["attributes"]["state"]
    ((name, layer),) = state["datasourceStates"]["formBased"]["layers"].items()
    wanted = f"{panel['panelIndex']}:indexpattern-datasource-layer-{name}"
    (view,) = [BY_ID[one["id"]] for one in dashboard["references"] if one["name"] == wanted]
    title = f"{dashboard['attributes']['title'].partition(' (')[0]}: {panel['embeddableConfig']['title']}"
    return Chart(title, view, state["query"]["query"], layer, state["visualization"])


def links() -> list[FieldLink]:
    """Every field that leads somewhere."""
    return [
        FieldLink(view, field, shown["params"]["urlTemplate"])
        for view in of_type("index-pattern")
        for field, shown in json.loads(view["attributes"]["fieldFormatMap"]).items()
        if shown["id"] == "url"
    ]


def search_source(search: dict[str, Any]) -> dict[str, Any]:
    source: dict[str, Any] = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
    return source


def view_of(search: dict[str, Any]) -> dict[str, Any]:
    (reference,) = search["references"]
    return BY_ID[reference["id"]]


def types(view: dict[str, Any]) -> dict[str, str]:
    """The type of every field that can be asked for, in all indices of the view."""
    collections = [name.removeprefix(f"{PREFIX}-") for name in view["attributes"]["title"].split(",")]
    return {path: kind for name in collections for path, kind in _types_of(name).items()}


def _types_of(collection: str) -> dict[str, str]:
    index, parts = definitions("indices", prefix=PREFIX)[collection], definitions("components", prefix=PREFIX)
    templates = [parts[one.removeprefix(f"{PREFIX}-")] for one in index["composed_of"]] + [index]
    found: dict[str, str] = {}
    for one in templates:
        found |= _leaves(one["template"].get("mappings", {}).get("properties", {}), "")
    return found


def _leaves(properties: dict[str, Any], above: str) -> dict[str, str]:
    found = {}
    for name, field in properties.items():
        if "type" in field and field.get("enabled", True) and field.get("index", True):
            found[above + name] = field["type"]
        found |= _leaves(field.get("properties", {}), f"{above}{name}.")
    return found


_TERM = re.compile(r'([\w.@]+) ?(:|>) ?(\*|\d+|"[^"]*")')


def fields_in(kql: str) -> list[str]:
    """The fields that a query names."""
    return [found[0] for found in _TERM.findall(kql)]


def query_of(kql: str) -> dict[str, Any]:
    """What Kibana makes of the little of its language that is used here: terms, and `or` between them."""
    terms = kql.split(" or ") if kql else []
    clauses = [_clause(*found.groups()) for term in terms if (found := _TERM.fullmatch(term))]
    assert len(clauses) == len(terms), kql
    return {"bool": {"should": clauses, "minimum_should_match": 1}} if clauses else {"match_all": {}}


def _clause(field: str, operator: str, value: str) -> dict[str, Any]:
    if value == "*":
        return {"exists": {"field": field}}
    if operator == ">":
        return {"range": {field: {"gt": json.loads(value)}}}
    return {"match_phrase" if value.startswith('"') else "match": {field: json.loads(value)}}


def read_rison(text: str) -> Any:
    """The value that the text says; only of what is quoted, as it is written here."""
    value, rest = _rison(text)
    assert rest == "", rest
    return value


def _rison(text: str) -> tuple[Any, str]:
    if text[:2] in {"!t", "!f", "!n"}:
        return {"!t": True, "!f": False, "!n": None}[text[:2]], text[2:]
    if text.startswith("'"):
        found = re.match(r"'((?:[^'!]|!['!])*)'", text)
        assert found is not None, text
        return re.sub(r"!(['!])", r"\1", found[1]), text[found.end() :]
    if text.startswith("!("):
        return _rison_items(text[2:], _rison)
    if text.startswith("("):
        pairs, rest = _rison_items(text[1:], _rison_pair)
        return dict(pairs), rest
    found = re.match(r"-?\d+", text)
    assert found is not None, text
    return int(found[0]), text[found.end() :]


def _rison_pair(text: str) -> tuple[Any, str]:
    name, rest = _rison(text)
    assert rest.startswith(":"), rest
    value, rest = _rison(rest[1:])
    return (name, value), rest


def _rison_items(text: str, read: Any) -> tuple[list[Any], str]:
    items = []
    while not text.startswith(")"):
        item, text = read(text)
        items.append(item)
        text = text.removeprefix(",")
    return items, text[1:]
