"""What stands in kibana/*.json: data views, searches and dashboards in words a person can read and compare."""

from importlib.resources import files
from typing import Any, Literal

import msgspec

Take = Literal["date_histogram", "terms", "count", "sum", "min", "max"]
Chart = Literal["number", "bars", "lying bars", "table"]
BUCKETS = frozenset({"date_histogram", "terms"})


class Lookup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A filter that takes its values from another document: `field` is among those at `path` of the one linked from."""

    says: str
    field: str
    index: str
    path: str


class Link(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the value of a field leads: to a search, with a query in which {{value}} is the value, or with a filter."""

    search: str
    kql: str | None = None
    filter: Lookup | None = None


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a field is shown; `exact` shows a number as it is kept, which matters to small ones."""

    label: str
    says: str
    opens: Link | None = None
    exact: bool = False


class DataView(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="data view"
):
    """Indices as Kibana sees them; without `time` no time range applies. `like` takes the fields of another view."""

    name: str
    indices: str
    about: str
    time: str | None = None
    like: str | None = None
    fields: dict[str, Field] = {}


class Search(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="search"):
    """A list of documents; `newest` is the date it is sorted by."""

    title: str
    description: str
    view: str
    columns: tuple[str, ...]
    newest: str
    kql: str = ""


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column of a chart: buckets by date or by value, or a figure of what is in them.

    `by` is the column by which the largest `size` values are chosen, the first figure by default.
    """

    id: str
    take: Take
    label: str
    field: str | None = None
    every: str = "auto"
    size: int = 10
    by: str | None = None
    others: bool = False


class Panel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A chart of a view, or a search, at `place` (x, y, width, height on a grid of 48).

    The first buckets of bars are their axis, the second their colours.
    """

    title: str
    description: str
    place: tuple[int, int, int, int]
    search: str | None = None
    chart: Chart | None = None
    view: str | None = None
    kql: str = ""
    columns: tuple[Column, ...] = ()


class Dashboard(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="dashboard"
):
    """Panels, and the period they show when the dashboard opens."""

    title: str
    description: str
    panels: tuple[Panel, ...]
    period: str = msgspec.field(default="now-30d", name="from")


Definition = DataView | Search | Dashboard


def kibana_definitions() -> dict[str, Definition]:
    """Every definition by the name of its file, by name; a misspelt name in one is an error."""
    folder = files("es_mappings") / "kibana"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".json")), key=lambda path: path.name)
    return {path.name.removesuffix(".json"): msgspec.json.decode(path.read_bytes(), type=Definition) for path in paths}


def written(value: Any) -> str:
    """The value as the JSON within JSON that Kibana keeps."""
    return msgspec.json.encode(value).decode()
