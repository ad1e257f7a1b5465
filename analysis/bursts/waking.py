"""Waking: hours in which more accounts end a long silence than the last weeks let one expect."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.blocks import Blocks, blocks
from analysis.bursts.columns import DAY, Columns
from analysis.bursts.dispersion import tails
from analysis.bursts.significance import false_discovery
from analysis.bursts.silence import Silences, silences

HOUR = 3_600
LENGTHS = (HOUR, 2 * HOUR, 6 * HOUR, 24 * HOUR)
# Weight of the mean over all hours, in expected wakes, against what one hour of the day showed.
_SHRINK = 20.0
_MOST = 0.95


@dataclass(frozen=True)
class Wave:
    """Accounts that woke together: rows of the messages that ended their silence; `expected` wakes, p and q.

    `woken` are the rows of all wakes in the data.
    """

    rows: NDArray[np.int64]
    woken: NDArray[np.int64]
    start: int
    length: int
    active: int
    expected: float
    p: float
    q: float


@dataclass(frozen=True)
class _Judged:
    """Blocks that have a warm history, with the share of active accounts that should wake and p."""

    blocks: Blocks
    at: NDArray[np.int64]
    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    tested: int


def waves(
    read: Columns, *, gap_days: int, history_days: int, q_max: float, min_accounts: int
) -> tuple[list[Wave], int, tuple[str, ...]]:
    """Waves at q <= `q_max`, those that overlap a likelier one left out; how many blocks were tested; notes."""
    silent = silences(read, gap_days)
    judged = [
        _judged(read, silent, length, offset, gap_days, history_days, min_accounts) for length, offset in _grids()
    ]
    tested = sum(one.tested for one in judged)
    if not tested:
        return [], 0, (_too_short(gap_days, history_days),) if len(read) else ()
    q = false_discovery(np.concatenate([one.p for one in judged]), tested)
    found = [wave for wave in _all_waves(read, silent.woken, judged, q) if wave.q <= q_max]
    return _apart(found), tested, ()


def p_values(
    read: Columns, *, gap_days: int, history_days: int, length: int, least: int = 1
) -> tuple[NDArray[np.float64], int]:
    """p of the blocks of this length with at least `least` wakes, and how many blocks were judged; for calibration."""
    judged = _judged(read, silences(read, gap_days), length, 0, gap_days, history_days, least)
    return judged.p, judged.tested


def _grids() -> Iterator[tuple[int, int]]:
    """Lengths and offsets of the blocks: each length also by half a block later, lest a wave be cut in two."""
    for length in LENGTHS:
        yield length, 0
        yield length, length // 2


def _too_short(gap_days: int, history_days: int) -> str:
    return f"history too short to judge waking: {gap_days + history_days} days come before the first hour judged"


def _judged(
    read: Columns,
    silent: Silences,
    length: int,
    offset: int,
    gap_days: int,
    history_days: int,
    least: int,
) -> _Judged:
    held = blocks(read, silent, length, offset)
    first = int(read.time[0]) + gap_days * DAY if len(read) else 0
    warm = held.start >= first + history_days * DAY
    at = np.flatnonzero(warm & (held.woken >= least))
    expected, p = np.zeros(len(at)), np.ones(len(at))
    for day in np.unique(held.start[at] // DAY):
        today = np.flatnonzero(held.start[at] // DAY == day)
        # Blocks that end before this day begins: a wave does not raise what is expected of itself.
        ended = held.start + length <= day * DAY
        past = np.flatnonzero(ended & (held.start >= max(first, (day - history_days) * DAY)))
        expected[today], p[today] = _day(held, at[today], past)
    return _Judged(held, at, expected, p, int(warm.sum()))


def _day(
    held: Blocks, at: NDArray[np.int64], past: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    share = _shares(held, past)
    p = tails(held.woken[at], held.active[at], share[at], held.woken[past], held.active[past], share[past])
    return share[at] * held.active[at], p


def _shares(held: Blocks, past: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of active accounts that should wake: in proportion to how many lie silent, and by the hour of the day.

    The silent grow for months after collecting begins, and what is expected must grow with them.
    """
    asleep = np.maximum(held.asleep, 1).astype(np.float64)
    chances = held.active * asleep
    # Half a wake more than were seen: with none seen the share is small, not nought.
    rate = (held.woken[past].sum() + 0.5) / (chances[past].sum() + 1.0)
    place, places = held.place_in_day, int(held.place_in_day.max()) + 1
    expected = np.bincount(place[past], rate * chances[past], minlength=places)
    woken = np.bincount(place[past], held.woken[past], minlength=places)
    by_hour = (woken + _SHRINK) / (expected + _SHRINK)
    return np.asarray(np.minimum(rate * asleep * by_hour[place], _MOST), dtype=np.float64)


def _all_waves(
    read: Columns, woken: NDArray[np.int64], judged: list[_Judged], q: NDArray[np.float64]
) -> Iterator[Wave]:
    number = 0
    for one in judged:
        for place, at in enumerate(one.at):
            start, length = int(one.blocks.start[at]), one.blocks.length
            inside = woken[(read.time[woken] >= start) & (read.time[woken] < start + length)]
            active = int(one.blocks.active[at])
            expected, p = float(one.expected[place]), float(one.p[place])
            yield Wave(inside, woken, start, length, active, expected, p, float(q[number]))
            number += 1


def _apart(found: list[Wave]) -> list[Wave]:
    """The likeliest wave of any that overlap; of equals the shorter, then the earlier."""
    kept: list[Wave] = []
    for wave in sorted(found, key=lambda wave: (wave.p, wave.length, wave.start)):
        if all(wave.start >= k.start + k.length or k.start >= wave.start + wave.length for k in kept):
            kept.append(wave)
    return kept
