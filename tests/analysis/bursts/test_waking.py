"""Sleepers that wake together are found once history is warm; a collector's pause and news wake nobody."""

from datetime import timedelta

import numpy as np
import pytest

from analysis import Finding
from analysis.bursts.columns import columns
from analysis.bursts.waking import HOUR, LENGTHS, p_values
from analysis.detectors.bursts import detect
from bench.bursts_worlds import DAY, START, long_run, post, sleepers
from ingest import Message


def woken(messages: list[Message], **options: float) -> list[Finding]:
    result = detect(messages, [], **options)  # type: ignore[arg-type]  # options of either type
    return [f for f in result.findings if f.burst and f.burst.subject == "waking"]


@pytest.fixture(scope="module")
def world() -> list[Message]:
    return long_run(21, accounts=1_500, days=130)


def test_fifteen_sleepers_within_an_hour_are_found(world: list[Message]) -> None:
    planted = sleepers(21, accounts=15, day=110)
    [finding] = woken(world + planted)
    assert finding.burst is not None
    assert len({m.author for m in planted} & set(finding.burst.accounts)) >= 12
    assert len(finding.burst.accounts) <= 20
    assert finding.burst.expected < 4
    assert finding.chance.q < 0.001
    assert START + timedelta(days=110) <= finding.burst.start < finding.burst.end <= START + timedelta(days=111)


def test_without_sleepers_nothing_wakes(world: list[Message]) -> None:
    assert not woken(world)


def test_p_is_not_too_small_whatever_the_news() -> None:
    below: dict[int, list[float]] = {length: [] for length in LENGTHS}
    for seed in range(4):
        read, _ = columns(long_run(seed + 70, accounts=800, days=120, unrest=0.3))
        for length in LENGTHS:
            p, judged = p_values(read, gap_days=30, history_days=28, length=length)
            below[length].extend((*p, *np.ones(judged - len(p))))
    for length in LENGTHS:
        p = np.array(below[length])
        assert len(p) > 200
        # Two standard errors of room above the nominal share.
        for level in (0.1, 0.02):
            assert np.mean(p <= level) <= level + 2 * np.sqrt(level / len(p))
    assert np.mean(np.array(below[6 * HOUR]) <= 0.2) > 0.02


def test_too_short_a_history_is_said() -> None:
    result = detect(long_run(3, accounts=300, days=50), [])
    assert any("history too short to judge waking: 58 days" in note for note in result.notes)


def test_when_the_collector_was_down_nobody_wakes() -> None:
    rng = np.random.default_rng(4)
    days = [day for day in range(160) if not 90 <= day < 125]
    regulars = [
        post(1_000 * day + n, n, day * DAY + rng.integers(DAY))
        for day in days
        for n in range(200)
        if rng.random() < 0.3
    ]
    assert not woken(regulars)


def test_five_are_the_fewest_that_are_shown() -> None:
    everything = woken(long_run(5, accounts=300, days=100), q_max=1.0)
    assert everything
    assert all(finding.burst and finding.burst.observed >= 5 for finding in everything)
