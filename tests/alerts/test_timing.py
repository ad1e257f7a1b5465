"""The scan statistic against simulation, and the axis at each precision."""

from datetime import timedelta

import numpy as np
import pytest

from alerts.timing import DAY, HOUR, peak, scan_p, timeline, timing
from tests.alerts.families import START, message


@pytest.mark.parametrize(("most", "total"), [(8, 40), (10, 60), (14, 120)])
def test_the_approximation_agrees_with_simulation(most: int, total: int) -> None:
    rng = np.random.default_rng(7)
    runs = 4000
    hits = 0
    for _ in range(runs):
        at = np.sort(rng.random(total))
        hits += bool(np.any(at[most - 1 :] - at[: total - most + 1] < 1 / 24))
    simulated = hits / runs
    assert scan_p(most, total, 1 / 24) == pytest.approx(simulated, abs=0.02)


def test_the_chance_falls_as_the_peak_rises() -> None:
    chances = [scan_p(most, 100, 1 / 24) for most in range(10, 40, 3)]
    assert chances == sorted(chances, reverse=True)
    assert scan_p(5, 5, 1.0) == 1.0


def test_the_peak_is_of_any_hour_not_of_the_clock() -> None:
    times = [START + timedelta(minutes=45 + n) for n in range(30)]
    assert peak(times, HOUR) == 30
    assert peak([START, START + HOUR], HOUR) == 1


def test_talk_by_day_and_sleep_by_night_is_no_burst() -> None:
    rng = np.random.default_rng(3)
    posts = [
        message(n, "x", published=START + timedelta(days=int(rng.integers(0, 7)), hours=float(rng.normal(8, 3))))
        for n in range(400)
    ]
    assert timing(posts) == "ordinary"


def test_one_hour_that_holds_it_all_is_a_burst() -> None:
    posts = [message(n, "x", published=START + timedelta(minutes=2 * n)) for n in range(20)]
    assert timing(posts) == "burst"
    assert timing(posts[:6]) == "ordinary"
    assert timing(posts[:5] + [message(n, "x", published=None) for n in range(50, 60)]) == "unknown"


def test_days_are_judged_by_the_day() -> None:
    spread = [message(n, "x", published=START + timedelta(days=n % 10), published_precision="day") for n in range(60)]
    assert timing(spread) == "ordinary"
    heaped = spread[:10] + [message(n, "x", published=START, published_precision="day") for n in range(100, 160)]
    assert timing(heaped) == "burst"


def test_the_timeline_counts_weight_by_hour_or_by_day() -> None:
    posts = [message(n, "x", weight=3) for n in range(8)]
    assert sum(count for _, count in timeline(posts)) == 24
    assert len(timeline(posts)) == 8
    long = [message(n, "x", published=START + n * DAY / 2) for n in range(20)]
    assert len(timeline(long)) == 10
    assert timeline([message(1, "x", published=None)]) == ()
