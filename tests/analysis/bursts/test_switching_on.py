"""What switches on against its rhythm is found; what has a rhythm, a clock or an account of its own is not."""

from datetime import timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from analysis import Chance, Finding, Member
from analysis.bursts.columns import columns
from analysis.bursts.labels import ALL_TALK_ROSE, FROM_ONE_MESSAGE, SPREADS, TAGS_APART
from analysis.bursts.switching import p_values
from analysis.bursts.uses import uses
from analysis.detectors.bursts import detect
from bench.bursts_worlds import DAY, START, calm, cascade, debate, post, wave
from ingest import Message


def family(messages: list[Message]) -> Finding:
    members = tuple(
        Member(message_id=m.id, relation="copy", nearest_id=None, similarity=1.0, measure="jaccard") for m in messages
    )
    return Finding(
        id="f_1",
        detector="families",
        detector_version="1",
        members=members,
        chance=Chance(statistic="surprise bits", observed=1, expected=0, p=0, q=0, null=""),
        medoid_id=messages[0].id,
        messages=len(messages),
        texts=1,
        senders=len(messages),
        first=None,
        last=None,
        peak=None,
        languages=(),
        channels=(),
        sources=(),
        shared=(),
        differs=(),
    )


def found(messages: list[Message], subject: str, **options: float) -> list[Finding]:
    return [f for f in detect(messages, [], **options).findings if f.burst and f.burst.subject == subject]  # type: ignore[arg-type]  # options of every type


@pytest.fixture(scope="module")
def world() -> list[Message]:
    return calm(7, accounts=600, days=14)


def test_independent_accounts_make_no_burst(world: list[Message]) -> None:
    result = detect(world, [])
    assert result.tested > 30
    assert not result.findings


def test_p_is_never_too_small_among_independent_accounts() -> None:
    p = []
    for seed in range(6):
        read, _ = columns(calm(seed + 50, accounts=500, days=10))
        p.append(p_values(read, uses(read, ()), min_accounts=5))
    together = np.concatenate(p)
    assert len(together) > 200
    for level in (0.2, 0.05, 0.01):
        assert np.mean(together <= level) <= level


def test_thirty_accounts_in_twenty_minutes_are_found(world: list[Message]) -> None:
    planted = wave(1)
    [finding] = found(world + planted, "topic")
    assert finding.burst is not None
    assert finding.burst.value == "#planted"
    assert set(finding.burst.accounts) == {m.author for m in planted}
    assert finding.burst.observed == 30
    assert finding.burst.expected < 2
    assert finding.burst.start == min(m.published for m in planted if m.published)
    assert finding.burst.end - finding.burst.start < timedelta(minutes=21)
    assert finding.chance.q < 1e-6
    assert {member.message_id for member in finding.members} == {m.id for m in planted}
    assert sum(count for _, count in finding.burst.rhythm) == 30


def test_a_link_a_family_a_channel_and_a_sequence_are_subjects_too(world: list[Message]) -> None:
    planted = [
        replace(m, links=("https://example.org/a",), hashtags=("b", "a"), channel="c", source="generated")
        for m in wave(2, accounts=12)
    ]
    result = detect(world + planted, [family(planted)])
    values = {(f.burst.subject, f.burst.value) for f in result.findings if f.burst}
    assert {("link", "https://example.org/a"), ("family", "f_1"), ("channel", "c"), ("hashtags", "#b #a")} <= values


def test_one_account_in_a_row_is_no_burst(world: list[Message]) -> None:
    alone = [post(n, "alone", 5 * DAY + 40_000 + 20 * n, tags=("mine",), name="p") for n in range(100)]
    four = [post(n, f"four{n % 4}", 5 * DAY + 40_000 + 20 * n, tags=("ours",), name="q") for n in range(100)]
    assert not detect(world + alone + four, []).findings


def test_what_comes_every_evening_is_no_burst(world: list[Message]) -> None:
    rng = np.random.default_rng(3)
    shows = [
        post(100 * day + n, f"viewer{n}", day * DAY + 72_000 + rng.integers(1_800), tags=("show",), name="s")
        for day in range(14)
        for n in range(12)
    ]
    assert not found(world + shows, "topic")
    one_evening = [m for m in shows if m.published and m.published < START + timedelta(days=1)]
    assert found(world + one_evening, "topic")


def test_a_language_that_is_all_of_one_campaign_does_not_hide_it(world: list[Message]) -> None:
    rng = np.random.default_rng(6)
    campaign = [
        post(n, f"fake{n}", 8 * DAY + rng.integers(3_600), tags=("fakes",), language="ru", name="f") for n in range(600)
    ]
    [finding] = found(world + campaign, "topic")
    assert finding.burst is not None
    assert finding.burst.observed >= 500


def test_everyone_being_busy_is_no_burst_of_what_everyone_uses() -> None:
    rng = np.random.default_rng(5)
    quiet = [post(n, n, rng.integers(10 * DAY), tags=(f"t{n % 7}",)) for n in range(1_000)]
    rush = [post(n, n, 4 * DAY + rng.integers(1_200), tags=(f"t{n % 7}",), name="r") for n in range(700)]
    assert not found(quiet + rush, "topic")


def test_a_viral_link_says_that_it_spreads_from_one_source(world: list[Message]) -> None:
    [finding] = found(world + cascade(4), "link")
    assert finding.burst is not None
    assert {SPREADS, FROM_ONE_MESSAGE} <= set(finding.burst.labels)
    assert any("reposts and replies" in note for note in finding.notes)


def test_a_debate_says_that_everything_was_busier() -> None:
    fans = found(calm(8, accounts=800, days=14) + debate(8, fans=150), "topic")
    assert {f.burst.value for f in fans if f.burst} >= {"#debate"}
    assert all(ALL_TALK_ROSE in finding.burst.labels for finding in fans if finding.burst)


def test_a_hashtag_that_everyone_uses_cannot_be_judged_and_it_is_said(world: list[Message]) -> None:
    tagged = [replace(m, hashtags=("all",)) for m in world]
    result = detect(tagged, [])
    assert not result.findings
    assert any("#all" in note for note in result.notes)


def test_minutes_will_do_but_days_never(world: list[Message]) -> None:
    by_minute = [
        replace(m, published=m.published.replace(second=0), published_precision="minute")
        for m in world + wave(1)
        if m.published
    ]
    assert found(by_minute, "topic")
    by_day = [
        replace(m, published=m.published.replace(hour=0, minute=0, second=0), published_precision="day")
        for m in wave(1)
        if m.published
    ]
    result = detect(world + by_day, [])
    assert not result.findings
    assert any("dated to the day only" in note for note in result.notes)


def test_a_row_of_common_hashtags_says_that_they_are_used_apart_and_a_row_handed_out_does_not(
    world: list[Message],
) -> None:
    planted = wave(1)
    handed_out = [replace(m, hashtags=("one", "two")) for m in planted]
    [alone] = found(world + handed_out, "hashtags")
    swelling = [
        replace(m, hashtags=("one", "two") if at % 6 == 0 else ("one",) if at % 6 < 3 else ("three", "two"))
        for at, m in enumerate(wave(1, accounts=48))
    ]
    row = next(f for f in found(world + swelling, "hashtags") if f.burst and f.burst.value == "#one #two")
    assert alone.burst is not None
    assert TAGS_APART not in alone.burst.labels
    assert row.burst is not None
    assert TAGS_APART in row.burst.labels
