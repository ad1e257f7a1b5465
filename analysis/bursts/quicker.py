"""How likely it is that so many accounts of one author are so much quicker with it than by their paces.

Each account goes by the larger of two p, of its places among the comments and of its pace. Accounts that heed nobody
are independent of one another. One of known pace scores a point for each level that its p lies below, so its points
have a known distribution and so has their sum; a single quick account scores no more than six. Those of unknown pace
come before the k-th quickest of the known as often as drawing all from one urn makes them (beta-binomial, which counts
in that the urn was seen once only). It is a truncated product of p (Zaykin and others 2002) in steps. Where scoring
begins is chosen from a few levels, and p pays by their number.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.counting import beta_binomial
from analysis.bursts.pace import Quickness

_LEVELS = np.array([0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001])
# Places in the levels at which scoring begins; at the end nobody of known pace scores.
_BEGIN = (0, 1, len(_LEVELS))
# The share of the known before which one of unknown pace must come, and the points for it.
_UNKNOWN = ((0.0, 0), (0.05, 1), (0.02, 2), (0.005, 3))
_LOOKS = len(_BEGIN) * len(_UNKNOWN) - 1
MOST_P = 0.05
# What summing probabilities to one leaves of smaller ones is noise.
_LEAST_TAIL = 1e-12


@dataclass(frozen=True)
class Quicker:
    """The accounts (a mask) that score where so many points are least likely, how many are expected to, and p."""

    members: NDArray[np.bool_]
    expected: float
    p: float


def quicker(quick: Quickness, p_places: NDArray[np.float64], least: int) -> Quicker:
    """At least `least` accounts that score; none, with p = 1, where there are fewer."""
    larger = np.maximum(quick.p, p_places)
    best = Quicker(np.zeros(len(larger), bool), 0.0, 1.0)
    for begin, (share, points) in product(_BEGIN, _UNKNOWN):
        levels = _LEVELS[begin:]
        rank = int(share * (quick.others + 1))
        scores = np.where(quick.known, (larger[:, None] <= levels).sum(axis=1), 0)
        scores[~quick.known & (np.rint(larger * (quick.others + 1)) <= rank)] = points
        if np.count_nonzero(scores) < least:
            continue
        unknown = _unknown(int((~quick.known).sum()), rank, quick.others, points)
        p = min(_tail(int(scores.sum()), int(quick.known.sum()), levels, unknown) * _LOOKS, 1.0)
        if p < best.p:
            reached = np.where(quick.known, levels.max(initial=0.0), rank / (quick.others + 1))
            best = Quicker(scores > 0, float(reached.sum()), p)
    return best


def _unknown(accounts: int, rank: int, others: int, points: int) -> NDArray[np.float64]:
    """The distribution of the points of accounts of unknown pace."""
    if not rank:
        return np.ones(1)
    mass = np.zeros(accounts * points + 1)
    mass[::points] = beta_binomial(accounts, rank, others - rank + 1)
    return mass


def _tail(points: int, known: int, levels: NDArray[np.float64], unknown: NDArray[np.float64]) -> float:
    """The probability of so many points or more."""
    one = -np.diff(np.concatenate([[1.0], levels, [0.0]]))
    below = unknown[:points]
    while known:
        if known & 1:
            below = np.convolve(below, one)[:points]
        one, known = np.convolve(one, one)[:points], known >> 1
    return max(1.0 - float(below.sum()), _LEAST_TAIL)
