"""Findings about accounts: what becomes an alert, what explains them, and one alert for one campaign."""

from typing import Any

import pytest

from tests.alerts.coordination import LINK, network, shares, wave
from tests.alerts.families import campaign_posts, finding, message, run


def test_a_network_becomes_an_alert_with_its_accounts() -> None:
    posts = shares()
    (alert,) = run([network(posts)], posts).new
    assert alert.title == "6 accounts that share the same 5 things within moments of each other, not announced"
    assert (alert.rule, alert.axes.text) == ("co-sharing-accounts", "unique")
    assert alert.network is not None
    assert len(alert.network.accounts) == 6
    assert {row.relation for row in alert.evidence} == {"co-share"}


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"source_known": False}, "common_source"),
        ({"labels": ("newsroom",)}, "newsroom"),
        ({"labels": ("automated feed",)}, "automated_feed"),
        ({"labels": ("viral link",)}, "viral_link"),
    ],
)
def test_what_explains_a_network_raises_no_alert_and_is_said(fields: dict[str, Any], check: str) -> None:
    posts = shares()
    outcome = run([network(posts, **fields)], posts)
    (status,) = outcome.statuses
    assert (outcome.new, status.status) == ((), "explained")
    assert {found.name for found in status.benign if found.verdict == "supported"} >= {check}


def test_too_few_accounts_stay_below_the_bar() -> None:
    posts = shares(accounts=4)
    (status,) = run([network(posts)], posts).statuses
    assert status.status == "below the bar"


def test_a_hashtag_wave_alerts_and_a_public_event_does_not() -> None:
    posts = shares(accounts=30, links=1)
    (alert,) = run([wave(posts)], posts).new
    assert (alert.rule, alert.burst is not None) == ("hashtag-wave", True)
    assert run([wave(posts, labels=("all talk rose",))], posts).new == ()


@pytest.mark.parametrize("subject", ["topic", "link", "channel", "first comments"])
def test_other_bursts_inform_and_never_alert(subject: str) -> None:
    posts = shares(accounts=30, links=1)
    outcome = run([wave(posts, subject)], posts)
    assert outcome.new == ()
    assert outcome.statuses[0].status == "below the bar"


def test_one_campaign_that_texts_and_accounts_both_show_is_one_alert_with_both_kinds_of_evidence() -> None:
    posts = campaign_posts(8)
    linked = [
        message(200 + at, f"Iets anders {at}", author=post.author, links=(LINK,)) for at, post in enumerate(posts)
    ]
    family, tied = finding(posts), network(linked)
    outcome = run([family, tied], [*posts, *linked])
    (alert,) = outcome.new
    assert alert.finding_id == family.id
    assert [other.detector for other in alert.corroboration] == ["sharing"]
    assert {row.message_id for row in alert.evidence} == {item.id for item in [*posts, *linked]}
    assert {status.alert_id for status in outcome.statuses} == {alert.id}
    alone = run([family], posts).new[0]
    assert alert.confidence > alone.confidence


def test_a_small_family_within_a_large_network_is_its_evidence() -> None:
    posts = shares(accounts=12, links=10)
    same = posts[:8]
    outcome = run([finding(same), network(posts)], posts)
    (alert,) = outcome.new
    assert alert.detector == "sharing"
    assert [other.detector for other in alert.corroboration] == ["families"]
    assert alert.axes.text == "copy"


def test_accounts_that_have_nothing_to_do_with_each_other_stay_two_alerts() -> None:
    posts, linked = campaign_posts(8), shares()
    assert len(run([finding(posts), network(linked)], [*posts, *linked]).new) == 2


def test_the_same_findings_again_change_nothing() -> None:
    posts = campaign_posts(8)
    linked = [
        message(200 + at, f"Iets anders {at}", author=post.author, links=(LINK,)) for at, post in enumerate(posts)
    ]
    findings, every = [finding(posts), network(linked)], [*posts, *linked]
    first = run(findings, every)
    again = run(findings[::-1], every, existing=first.new)
    assert again.new == again.updated == ()


def test_families_that_alert_by_themselves_settle_whether_a_network_of_unknown_source_is_one_campaign() -> None:
    posts = shares(accounts=7, links=9)
    family = [finding(posts[7 * at : 7 * at + 7]) for at in range(3)]
    outcome = run([*family, network(posts, source_known=False)], posts)
    (alert,) = outcome.new
    assert alert.detector == "sharing"
    assert [other.detector for other in alert.corroboration] == ["families"] * 3
    assert run([family[0], network(posts, source_known=False)], posts).new[0].detector == "families"
