"""Platforms whose clocks seem to be apart: what both carry appears on one a fixed time after the other.

A wrong time zone shifts by quarters of an hour. Delays between the shares of one thing on two platforms are laid
against these shifts: where far more lie within a minute of one of them than its surroundings hold, and more than lie
around no shift at all, times cannot be compared between the two.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtrc

from analysis.sharing.columns import Shares

_STEP_SECONDS = 900
_NEAR_SECONDS = 60
_MOST_STEPS = 56
_MOST_SHARES = 50
_LEAST = 10
_LEAST_P = 1e-9


def skewed(shares: Shares) -> Iterator[str]:
    """A note for each pair of platforms whose clocks seem to be apart."""
    for one, other in combinations(range(len(shares.platforms)), 2):
        minutes = _shift_minutes(shares, one, other)
        if minutes:
            yield (
                f"Times on {shares.platforms[other]} seem to run {minutes:+d} minutes against those on "
                f"{shares.platforms[one]}: whether accounts of the two act together could not be judged."
            )


def _shift_minutes(shares: Shares, one: int, other: int) -> int:
    delays = _delays(shares, one, other)
    step = np.rint(delays / _STEP_SECONDS).astype(np.int64)
    near = np.abs(delays - step * _STEP_SECONDS) <= _NEAR_SECONDS
    size = 2 * _MOST_STEPS + 1
    every = np.bincount(step + _MOST_STEPS, minlength=size)
    hits = np.bincount(step[near] + _MOST_STEPS, minlength=size)
    around = (every - hits) * 2 * _NEAR_SECONDS / (_STEP_SECONDS - 2 * _NEAR_SECONDS)
    best = int(np.argmax(hits))
    clear = hits[best] >= _LEAST and pdtrc(hits[best] - 1, max(float(around[best]), 0.5)) < _LEAST_P
    return (best - _MOST_STEPS) * _STEP_SECONDS // 60 if clear else 0


def _delays(shares: Shares, one: int, other: int) -> NDArray[np.float64]:
    """Seconds from each share on one platform to each of the same thing on the other, up to half a day and more."""
    table = dict(_few(shares, one))
    parts = [
        (seconds[:, None] - table[thing][None, :]).ravel() for thing, seconds in _few(shares, other) if thing in table
    ]
    delays = np.concatenate(parts) if parts else np.zeros(0)
    return delays[np.abs(delays) <= _MOST_STEPS * _STEP_SECONDS]


def _few(shares: Shares, platform: int) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """The times of each thing on the platform, the first fifty of it."""
    at = np.flatnonzero(shares.platform == platform)
    if len(at):
        for part in np.split(at, np.flatnonzero(np.diff(shares.thing[at])) + 1):
            yield int(shares.thing[part[0]]), shares.seconds[part[:_MOST_SHARES]]
