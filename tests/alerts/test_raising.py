"""From findings to alerts: one alert per campaign, and a re-run changes nothing."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import dismiss, is_current
from analysis import Chance, Relation
from ingest import Gap
from tests.alerts.families import (
    LATER,
    NOW,
    RULES,
    START,
    campaign_posts,
    every,
    finding,
    grown,
    ledger,
    message,
    run,
    template_of,
)


def test_an_undeclared_campaign_becomes_one_alert_that_explains_itself() -> None:
    posts = campaign_posts()
    gap = Gap(source="demo", start=START, end=START + timedelta(hours=1), reason="source not read")
    other = Gap(source="demo", start=START - timedelta(days=9), end=START - timedelta(days=8), reason="earlier")
    outcome = run([finding(posts)], posts, coverage=[ledger(gaps=(gap, other))])
    (alert,) = outcome.new
    assert alert.title == "8 posts with the same or nearly the same text, not announced"
    assert (alert.rule, alert.status, alert.attribution) == ("copied-posts", "open", "none assessed")
    assert alert.axes.text == "copy"
    assert alert.axes.campaign == "undeclared"
    assert alert.chance.q == 1e-5
    assert len(alert.evidence) == 8
    assert all(len(row.text_sha256) == 64 for row in alert.evidence)
    assert alert.coverage_gaps == (gap,)
    rule = next(rule for rule in RULES if rule.id == alert.rule)
    assert {check.name for check in alert.benign} == {*rule.holds_back, *rule.informs}
    assert 55 < alert.confidence <= 97
    assert alert.confidence_word in {"likely", "very likely", "almost certain"}
    assert sum(count for _, count in alert.timeline) == 8
    assert [change.event for change in alert.history] == ["raised"]
    assert all((alert.triage, alert.known_false_positives, alert.disarm))
    (status,) = outcome.statuses
    assert (status.status, status.alert_id) == ("alert", alert.id)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"chance": Chance(statistic="s", observed=1, expected=0, p=0.02, q=0.02, null="n")}, "q is 0.02"),
        ({"chance": Chance(statistic="s", observed=1, expected=0, p=0.02, q=float("nan"), null="n")}, "q is nan"),
        ({"members": ()}, "in two records or more"),
        ({"senders": 2}, "2 sender(s)"),
    ],
)
def test_below_the_bar_says_why(fields: dict[str, Any], why: str) -> None:
    posts = campaign_posts()
    outcome = run([finding(posts, **fields)], posts)
    assert not outcome.new
    assert outcome.statuses[0].status == "below the bar"
    assert why in outcome.statuses[0].reasons[0]


def test_a_relation_that_no_rule_covers_is_told() -> None:
    posts = campaign_posts()
    outcome = run([finding(posts, detector="sharing")], posts)
    assert outcome.statuses[0].reasons == ("No rule covers copy of sharing.",)


@pytest.mark.parametrize(
    ("relation", "fields", "rule"),
    [
        ("copy", {}, "copied-posts"),
        ("paraphrase", {}, "reworded-campaign"),
        ("copy", {"template": template_of("Ik woon in")}, "templated-letters"),
        ("translation", {"languages": (("nl", 4), ("de", 4))}, "translated-campaign"),
    ],
)
def test_the_text_axis_chooses_the_rule(relation: Relation, fields: dict[str, Any], rule: str) -> None:
    posts = campaign_posts()
    (alert,) = run([finding(posts, relation, **fields)], posts).new
    assert alert.rule == rule


def test_missing_senders_and_times_are_said_and_not_held_against_it() -> None:
    posts = campaign_posts(author=None, published=None, published_precision="unknown")
    (alert,) = run([finding(posts)], posts).new
    assert any(line.startswith("Senders: the data name none") for line in alert.not_judged)
    assert any(line.startswith("Times: the data have none") for line in alert.not_judged)
    assert alert.axes.timing == "unknown"
    full = campaign_posts()
    assert alert.confidence < run([finding(full)], full).new[0].confidence


def test_day_precision_and_erased_messages_are_said() -> None:
    posts = campaign_posts(published_precision="day")
    (alert,) = run([finding(posts)], posts[:-1]).new
    assert "Messages: 1 of 8 are no longer kept and not in the evidence." in alert.not_judged
    assert any("known to the day only" in line for line in alert.not_judged)
    assert len(alert.evidence) == 7


def test_a_burst_is_seen() -> None:
    posts = [message(n, "x " * 3 + "y z", published=START + timedelta(minutes=n)) for n in range(30)]
    posts += [message(100 + n, "x " * 3 + "y z", published=START + timedelta(days=n)) for n in range(5)]
    assert run([finding(posts)], posts).new[0].axes.timing == "burst"
    spread = campaign_posts(40)
    assert run([finding(spread)], spread).new[0].axes.timing == "ordinary"


def test_evidence_is_capped_with_a_note() -> None:
    posts = campaign_posts(5003)
    (alert,) = run([finding(posts)], posts).new
    assert len(alert.evidence) == 5000
    assert "Evidence: the oldest 5000 of 5003 messages are listed." in alert.not_judged
    again = run([finding(posts)], posts, [alert], now=LATER)
    assert again.unchanged == (alert,)


def test_growth_updates_the_alert_and_keeps_its_review() -> None:
    posts = campaign_posts()
    family = finding(posts)
    (alert,) = run([family], posts).new
    decided = dismiss(alert, "Jansen", "a known chain message", NOW)
    more = campaign_posts(11)
    outcome = run([grown(family, more)], more, [decided], now=LATER)
    (after,) = outcome.updated
    assert not outcome.new
    assert (after.id, after.status) == (alert.id, "dismissed")
    assert [change.event for change in after.history] == ["raised", "dismissed", "updated"]
    assert "+3 messages, now 11" in after.history[-1].summary
    assert after.history[-1].at == LATER


def test_an_earlier_message_gives_the_family_a_new_id_but_no_second_alert() -> None:
    posts = campaign_posts(8, first=1)
    (alert,) = run([finding(posts)], posts).new
    earlier = [*posts, *campaign_posts(1)]
    outcome = run([finding(earlier)], earlier, [alert], now=LATER)
    (after,) = outcome.updated
    assert not outcome.new
    assert after.id == alert.id
    assert after.finding_id != alert.finding_id
    assert after.history[-1].event == "reconciled"


def test_families_that_merge_leave_the_older_alert_and_an_alias() -> None:
    one, two = campaign_posts(6), campaign_posts(7, first=50)
    first = run([finding(one)], one)
    second = run([finding(one), finding(two)], [*one, *two], every(first), now=LATER)
    older, younger = first.new[0], second.new[0]
    both = finding([*one, *two], aliases=(finding(two).id,))
    merged = run([both], [*one, *two], every(second), now=LATER + timedelta(hours=1))
    by_id = {alert.id: alert for alert in merged.updated}
    assert by_id[older.id].aliases == (younger.id,)
    assert f"took in {younger.id}" in by_id[older.id].history[-1].summary
    assert by_id[younger.id].history[-1].event == "merged"
    assert merged.current == (by_id[older.id],)
    again = run([both], [*one, *two], every(merged), now=LATER + timedelta(days=9))
    assert len(again.unchanged) == 2
    parted = run([finding(one), finding(two)], [*one, *two], every(again), now=LATER + timedelta(days=10))
    assert not parted.new
    assert len(parted.current) == 2
    assert all(not alert.aliases for alert in parted.current)


def test_a_vanished_family_withdraws_its_alert_and_may_return() -> None:
    posts = campaign_posts()
    first = run([finding(posts)], posts)
    assert run([], posts, first.new, complete=False).unchanged == first.new
    gone = run([], posts, first.new, now=LATER)
    assert gone.updated[0].history[-1].event == "withdrawn"
    assert gone.updated[0].status == "open"
    assert not gone.current
    assert run([], posts, gone.updated, now=LATER).unchanged == gone.updated
    back = run([finding(posts)], posts, gone.updated, now=LATER)
    assert is_current(back.updated[0])
    assert "Stands again" in back.updated[0].history[-1].summary


def test_an_alert_whose_family_sinks_below_the_bar_is_withdrawn_with_the_reason() -> None:
    posts = campaign_posts()
    first = run([finding(posts)], posts)
    weak = finding(posts, chance=Chance(statistic="s", observed=1, expected=0, p=0.2, q=0.2, null="n"))
    (alert,) = run([weak], posts, first.new, now=LATER).updated
    assert alert.history[-1].event == "withdrawn"
    assert "q is 0.2" in (alert.history[-1].reason or "")


def test_two_detectors_on_one_campaign_give_one_alert() -> None:
    posts = campaign_posts()
    letters = finding(posts, detector="letters", id="f_letters", template=template_of("Ik woon in"))
    outcome = run([finding(posts), letters], posts)
    (alert,) = outcome.new
    assert alert.detector == "letters"
    assert {status.alert_id for status in outcome.statuses} == {alert.id}
    families_first = run([finding(posts)], posts)
    both = run([finding(posts), letters], posts, families_first.new, now=LATER)
    assert not both.new
    assert both.updated[0].id == families_first.new[0].id


def test_a_new_family_never_takes_the_id_of_an_alert_that_moved_on() -> None:
    posts = campaign_posts(8, first=1)
    (alert,) = run([finding(posts)], posts).new
    moved = msgspec.structs.replace(alert, finding_id="f_elsewhere")
    others = campaign_posts(8, first=70)
    elsewhere = finding(others, id="f_elsewhere")
    outcome = run([elsewhere, finding(posts)], [*posts, *others], [moved], now=LATER)
    assert outcome.new[0].id != alert.id
    again = run([elsewhere, finding(posts)], [*posts, *others], every(outcome), now=LATER)
    assert not again.new
    assert not again.updated


sizes = st.lists(st.integers(3, 9), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
@given(sizes=sizes, data=st.data())
def test_order_does_not_matter_and_a_rerun_leaves_every_byte(sizes: list[int], data: st.DataObject) -> None:
    families = [campaign_posts(size, first=20 * number) for number, size in enumerate(sizes)]
    findings = [finding(posts) for posts in families]
    messages = [item for posts in families for item in posts]
    first = run(findings, messages)
    shuffled = data.draw(st.permutations(findings))
    turned = [
        msgspec.structs.replace(item, members=tuple(data.draw(st.permutations(item.members)))) for item in shuffled
    ]
    assert msgspec.json.encode(run(turned, data.draw(st.permutations(messages)))) == msgspec.json.encode(first)
    again = run(turned, messages, data.draw(st.permutations(every(first))), now=LATER)
    assert msgspec.json.encode(again.unchanged) == msgspec.json.encode(first.new)
    assert not again.new
    assert not again.updated


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.integers(1, 6), min_size=1, max_size=5))
def test_a_family_that_grows_in_steps_has_one_alert_with_one_change_per_step(steps: list[int]) -> None:
    size, family = 6, finding(campaign_posts(6))
    alerts = run([family], campaign_posts(6)).new
    for step in steps:
        size += step
        posts = campaign_posts(size)
        outcome = run([grown(family, posts)], posts, alerts, now=LATER)
        assert not outcome.new
        alerts = outcome.updated
    (alert,) = alerts
    assert alert.messages == size
    assert len(alert.history) == 1 + len(steps)


def test_legal_basis_and_recipients_stand_on_new_alerts_and_stay() -> None:
    posts = campaign_posts()
    first = run([finding(posts)], posts, legal_basis="Kieswet", recipients=("Kiesraad",))
    assert (first.new[0].legal_basis, first.new[0].recipients) == ("Kieswet", ("Kiesraad",))
    assert run([finding(posts)], posts, first.new, legal_basis="other", now=LATER).unchanged == first.new


@given(exponents=st.lists(st.floats(2, 12), min_size=2, max_size=6), size=st.integers(5, 60))
@settings(max_examples=25, deadline=None)
def test_the_smaller_the_q_the_surer_and_never_certain(exponents: list[float], size: int) -> None:
    posts = campaign_posts(size)
    sure = []
    for exponent in sorted(exponents):
        chance = Chance(statistic="s", observed=1, expected=0, p=10**-exponent, q=10**-exponent, null="n")
        sure.append(run([finding(posts, chance=chance)], posts).new[0].confidence)
    assert sure == sorted(sure)
    assert all(5 <= number <= 97 for number in sure)
