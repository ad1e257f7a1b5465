"""Every panel, search and link asked of a real server that holds what the program writes: none is empty."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from alerts import Alert
from analysis import Annotation, Finding
from ingest import Gap, Message
from stemwacht import collections
from store.elasticsearch import Connection, ElasticsearchStore
from tests.alerts.coordination import network, shares, wave
from tests.alerts.families import LATER, START, campaign_posts, every, finding, ledger, message, run
from tests.es_mappings.kibana_asking import hits, real, table
from tests.es_mappings.kibana_reading import (
    BY_ID,
    Chart,
    FieldLink,
    charts,
    links,
    of_type,
    query_of,
    search_source,
    view_of,
)

pytestmark = pytest.mark.engines


@dataclass(frozen=True)
class Kept:
    """What the server holds."""

    connection: Connection
    messages: list[Message]
    family: Finding
    network: Finding
    wave: Finding
    alerts: tuple[Alert, ...]

    def hits(self, view: dict[str, Any], query: dict[str, Any], sort: str | None = None) -> list[dict[str, Any]]:
        index = real(view["attributes"]["title"], self.connection.options.prefix)
        return hits(self.connection, index, query, sort)

    def follow(self, view: str, field: str, value: str) -> set[str]:
        """The ids of what the link opens, as it opens it."""
        (link,) = [one for one in links() if (one.view["id"], one.field) == (view, field)]
        state, opened = link.state(value), view_of(BY_ID[link.search])
        clauses = [query_of(state["query"]["query"])] + [
            self._of_here(one["query"]) for one in state.get("filters", [])
        ]
        return {hit["_source"]["event.id"] for hit in self.hits(opened, {"bool": {"filter": clauses}})}

    def _of_here(self, query: dict[str, Any]) -> dict[str, Any]:
        ((field, lookup),) = query["terms"].items()
        index = real(lookup["index"], self.connection.options.prefix)
        return {"terms": {field: lookup | {"index": index}}}


@pytest.fixture(scope="module")
def kept(connection: Connection, installed: list[str]) -> Iterator[Kept]:
    posts, shared = campaign_posts(), shares()
    undated = message(900, "Zie bijlage", published=None, published_precision="unknown", placeholder="see attachment")
    family, ties = finding([*posts]), network(shared, labels=("newsroom",))
    burst, unlabelled = wave(shares(accounts=30, links=1, first=500)), network(shared, labels=())
    alerts = every(run([family, unlabelled], [*posts, *shared]))
    messages = [*posts, *shared, undated]
    gap = Gap(source="demo", start=START, end=START + timedelta(hours=2), reason="the source did not answer")
    ledgers = [
        ledger(source="stil", read=0, kept=0),
        ledger(first=START, last=LATER, rejected=1, duplicate=2, gaps=(gap,)),
    ]

    store = ElasticsearchStore(connection.options)
    store.create(collections.ALL)
    store.upsert("messages", [collections.message_document(one, _annotation(one)) for one in messages])
    store.upsert("families", [collections.finding_document(family)])
    store.upsert("members", collections.member_documents(family))
    store.upsert("activity", [collections.finding_document(one) for one in (ties, burst)])
    store.upsert("alerts", [collections.alert_document(one) for one in alerts])
    store.upsert("coverage", [collections.coverage_document("r1", one) for one in ledgers])
    yield Kept(connection, messages, family, ties, burst, alerts)
    store.close()


def _annotation(one: Message) -> Annotation:
    return Annotation(
        message_id=one.id,
        text_id=hashlib.sha256(one.text.encode()).hexdigest()[:12],
        words=len(one.text.split()),
        language="nl",
    )


@pytest.mark.parametrize("chart", charts(), ids=repr)
def test_every_chart_has_something_to_show(kept: Kept, chart: Chart) -> None:
    index = real(chart.view["attributes"]["title"], kept.connection.options.prefix)
    rows = table(kept.connection, index, chart)
    assert rows
    for name in chart.layer["columns"]:
        assert any(row[name] not in {None, ""} for row in rows), name


@pytest.mark.parametrize("search", of_type("search"), ids=lambda search: search["id"])
def test_every_search_finds_something(kept: Kept, search: dict[str, Any]) -> None:
    ((newest, _),) = search["attributes"]["sort"]
    query = query_of(search_source(search)["query"]["query"])
    found = kept.hits(view_of(search), query, newest)
    assert found
    everything = {name for hit in found for name in _names(hit["_source"])}
    assert set(search["attributes"]["columns"]) <= everything


def _names(source: dict[str, Any]) -> list[str]:
    """The dotted names in a source, with those inside lists of objects."""
    inner = [(name, item) for name, value in source.items() for item in (value if isinstance(value, list) else [value])]
    within = [f"{name}.{one}" for name, item in inner if isinstance(item, dict) for one in _names(item)]
    return [*source, *within]


def test_figures_are_those_of_what_was_written(kept: Kept) -> None:
    by_name = {chart.name: chart for chart in charts()}
    prefix = kept.connection.options.prefix
    (row,) = table(kept.connection, f"{prefix}-families", by_name["Stemwacht: families: The largest families"])
    assert (row["family"], row["messages"], row["senders"]) == (kept.family.id, 8, 8)
    assert row["q"] == pytest.approx(1e-5)
    (row,) = table(
        kept.connection, f"{prefix}-activity", by_name["Stemwacht: networks and bursts: The largest networks"]
    )
    assert (row["network"], row["accounts"], row["ties"]) == (kept.network.id, 6, 15)
    rows = table(kept.connection, f"{prefix}-coverage", by_name["Stemwacht: sources and coverage: Source by source"])
    assert {row["source"]: (row["read"], row["gaps"]) for row in rows} == {"demo": (10, 1), "stil": (0, 0)}


def test_from_an_alert_to_its_messages_and_back(kept: Kept) -> None:
    assert len(kept.alerts) == 2
    for alert in kept.alerts:
        evidence = {row.message_id for row in alert.evidence}
        assert kept.follow("p-view-alerts", "event.id", alert.id) == evidence
        for message_id in evidence:
            assert alert.id in kept.follow("p-view-messages", "event.id", message_id)


def test_from_an_alert_to_its_finding_and_back(kept: Kept) -> None:
    for alert in kept.alerts:
        assert kept.follow("p-view-alerts", "stemwacht.finding_id", alert.finding_id) == {alert.finding_id}
        assert kept.follow("p-view-findings", "event.id", alert.finding_id) == {alert.id}


def test_from_a_family_to_its_messages_and_back(kept: Kept) -> None:
    members = {member.message_id for member in kept.family.members}
    assert kept.follow("p-view-families", "event.id", kept.family.id) == members
    for message_id in members:
        assert kept.follow("p-view-messages-all", "store.id", message_id) == {kept.family.id}
    assert kept.follow("p-view-messages", "store.id", kept.messages[-1].id) == set()


def test_from_a_network_to_its_messages(kept: Kept) -> None:
    members = {member.message_id for member in kept.network.members}
    assert kept.follow("p-view-activity", "event.id", kept.network.id) == members


def test_a_link_to_nothing_opens_nothing(kept: Kept) -> None:
    assert kept.follow("p-view-alerts", "event.id", "a_gone") == set()


@pytest.mark.parametrize("link", [one for one in links() if one.field == "stemwacht.medoid_id"], ids=repr)
def test_the_central_message_opens(kept: Kept, link: FieldLink) -> None:
    assert kept.follow(link.view["id"], link.field, kept.family.medoid_id) == {kept.family.medoid_id}


def test_the_same_wording_opens_and_a_message_without_a_date_too(kept: Kept) -> None:
    first, undated = kept.messages[0], kept.messages[-1]
    wording = _annotation(first).text_id
    assert len(kept.follow("p-view-messages", "stemwacht.text_id", wording)) == 8
    assert kept.follow("p-view-messages", "stemwacht.text_id", _annotation(undated).text_id) == {undated.id}
