"""What stands in the saved objects is there: the objects they refer to, and the fields, of a type that fits."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import load_rules
from es_mappings.kibana_links import rison
from es_mappings.kibana_objects import ndjson, saved_objects
from tests.es_mappings.kibana_reading import (
    BY_ID,
    OBJECTS,
    Chart,
    FieldLink,
    charts,
    fields_in,
    links,
    of_type,
    panels,
    query_of,
    read_rison,
    search_source,
    types,
    view_of,
)

NUMBERS = {"long", "integer", "double"}
FITTING = {
    "date_histogram": {"date"},
    "terms": {"keyword"},
    "sum": NUMBERS,
    "min": NUMBERS | {"date"},
    "max": NUMBERS | {"date"},
}
IDS = [
    *("p-dashboard-alerts", "p-dashboard-coverage", "p-dashboard-families", "p-dashboard-networks"),
    *("p-search-alerts", "p-search-alerts-open", "p-search-dead-sources", "p-search-families", "p-search-findings"),
    *("p-search-messages-of", "p-search-placeholders", "p-view-activity", "p-view-alerts", "p-view-alerts-all"),
    *("p-view-coverage", "p-view-families", "p-view-findings", "p-view-messages", "p-view-messages-all"),
]


def test_the_ids_are_those_that_bookmarks_and_links_know() -> None:
    assert sorted(one["id"] for one in OBJECTS) == IDS
    assert [one["id"] for one in saved_objects("p", "votes")] == [
        one["id"].replace("p-", "p-votes-", 1) for one in OBJECTS
    ]


def test_the_file_is_the_same_each_time_and_has_one_object_a_line() -> None:
    assert ndjson(saved_objects("p")) == ndjson(OBJECTS)
    assert [json.loads(line) for line in ndjson(OBJECTS).splitlines()] == OBJECTS


def test_every_reference_is_to_an_object_of_ours() -> None:
    for one in OBJECTS:
        for reference in one["references"]:
            assert BY_ID[reference["id"]]["type"] == reference["type"]


def test_every_panel_finds_what_it_shows() -> None:
    for dashboard in of_type("dashboard"):
        names = [reference["name"] for reference in dashboard["references"]]
        shown = [
            f"{panel['panelIndex']}:{panel['panelRefName']}" for panel in panels(dashboard) if panel["type"] == "search"
        ]
        assert set(shown) <= set(names)
        assert len(names) == len(set(names)) == len(panels(dashboard))


def test_everything_says_what_it_is() -> None:
    for one in of_type("dashboard") + of_type("search"):
        assert one["attributes"]["title"].startswith("Stemwacht: ")
        assert len(one["attributes"]["description"]) > 40
    for dashboard in of_type("dashboard"):
        for panel in panels(dashboard):
            assert panel["embeddableConfig"]["title"]
            assert len(panel["embeddableConfig"]["description"]) > 40
    for view in of_type("index-pattern"):
        for field in json.loads(view["attributes"]["fieldAttrs"]).values():
            assert field["customLabel"]
            assert field["customDescription"].endswith(".")


def test_panels_lie_side_by_side_on_the_grid() -> None:
    for dashboard in of_type("dashboard"):
        squares = [panel["gridData"] for panel in panels(dashboard)]
        assert all(one["x"] >= 0 and one["x"] + one["w"] <= 48 for one in squares)
        assert not any(_overlap(*pair) for pair in combinations(squares, 2))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[at] < other[at] + other[size] and other[at] < one[at] + one[size] for at, size in ("xw", "yh"))


@pytest.mark.parametrize("view", of_type("index-pattern"), ids=lambda view: view["id"])
def test_every_field_of_a_view_is_in_its_index(view: dict[str, Any]) -> None:
    known = types(view)
    time = view["attributes"].get("timeFieldName")
    assert time is None or known[time] == "date"
    assert set(json.loads(view["attributes"]["fieldAttrs"])) <= set(known)
    for field, shown in json.loads(view["attributes"]["fieldFormatMap"]).items():
        assert known[field] == "keyword" if shown["id"] == "url" else known[field] == "double"


@pytest.mark.parametrize("search", of_type("search"), ids=lambda search: search["id"])
def test_every_field_of_a_search_is_in_its_index(search: dict[str, Any]) -> None:
    known, described = types(view_of(search)), json.loads(view_of(search)["attributes"]["fieldAttrs"])
    ((newest, direction),) = search["attributes"]["sort"]
    assert (known[newest], direction) == ("date", "desc")
    assert {*search["attributes"]["columns"], newest} <= set(known)
    assert set(search["attributes"]["columns"]) <= set(described), "a column that nobody explains"
    assert set(fields_in(search_source(search)["query"]["query"])) <= set(known)


@pytest.mark.parametrize("chart", charts(), ids=repr)
def test_every_field_of_a_chart_is_in_its_index_with_a_type_that_fits(chart: Chart) -> None:
    known, columns = types(chart.view), chart.layer["columns"]
    assert chart.layer["columnOrder"] == list(columns)
    assert set(fields_in(chart.kql)) <= set(known)
    for column in columns.values():
        if column["operationType"] == "count":
            assert column["sourceField"] == "___records___"
            continue
        kind = known[column["sourceField"]]
        assert kind in FITTING[column["operationType"]]
        assert column["dataType"] == ("string" if kind == "keyword" else "date" if kind == "date" else "number")


@pytest.mark.parametrize("chart", charts(), ids=repr)
def test_a_chart_shows_the_columns_it_has(chart: Chart) -> None:
    columns, shown = chart.layer["columns"], json.dumps(chart.visualization)
    assert all(f'"{name}"' in shown for name in columns)
    buckets = [column["isBucketed"] for column in columns.values()]
    assert buckets == sorted(buckets, reverse=True), "buckets come before figures"
    assert buckets.count(True) <= 2
    for column in columns.values():
        if column["operationType"] == "terms":
            assert not columns[column["params"]["orderBy"]["columnId"]]["isBucketed"]


@pytest.mark.parametrize("link", links(), ids=repr)
def test_every_link_leads_to_fields_of_the_search_it_opens(link: FieldLink) -> None:
    view = view_of(BY_ID[link.search])
    state = link.state("a_1")
    assert set(fields_in(state["query"]["query"])) <= set(types(view))
    assert query_of(state["query"]["query"])
    for one in state.get("filters", []):
        assert one["meta"]["index"] == view["id"]
        ((field, lookup),) = one["query"]["terms"].items()
        assert types(view)[field] == "keyword"
        assert lookup["id"] == "a_1"
    assert ("filters" in state) != bool(state["query"]["query"]), "a link filters, one way or the other"
    assert "timeFieldName" not in view["attributes"], "a link finds what is old and what has no date"


def test_nothing_leads_to_an_account() -> None:
    assert "user.hash" not in ndjson(OBJECTS).decode()


def test_the_words_of_rules_and_states_fit_on_the_charts() -> None:
    (by_rule,) = [chart for chart in charts() if chart.name.endswith("Alerts by rule")]
    assert by_rule.layer["columns"]["rule"]["params"]["size"] >= len(load_rules())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(JSON)
def test_rison_says_what_json_says(value: Any) -> None:
    assert read_rison(rison(value)) == value


def test_the_examples_for_analysts_name_fields_that_are_there() -> None:
    by_name = {view["attributes"]["name"].partition(" (")[0]: view for view in of_type("index-pattern")}
    page = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text(encoding="utf-8")
    examples = re.findall(r"(Stemwacht: [\w ]+)\n\n```kql\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 5
    for name, queries in examples:
        fields = re.findall(r"([\w.]+) (?::|>=?|<=?) ", queries)
        assert len(fields) >= queries.count("\n")
        assert set(fields) <= set(types(by_name[name]))


def test_installations_side_by_side_can_be_told_apart() -> None:
    titles = [(one["type"], _title(one)) for one in saved_objects("stemwacht")]
    assert len(set(titles)) == len(titles)
    assert [_title(one) for one in OBJECTS] == [f"{title} (p)" for _, title in titles]


def _title(one: dict[str, Any]) -> str:
    return str(one["attributes"].get("name", one["attributes"]["title"]))
