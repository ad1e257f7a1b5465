"""The scan: each subject's most surprising window among all that begin at one of its uses, and an exact bound on its p.

Given where one pick of a subject lies, the others fall into the window after it with the shares that the rhythm gives:
a sum of independent trials, whose tail is at most that of a binomial with the same mean (Hoeffding 1956). Every pick
and every length is one such test, so their number times the smallest tail bounds the subject's p (a union bound, in
place of the simulation of Kulldorff 1997 or the approximations of Naus 1982): no seed, no fit, and never too small.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from analysis.bursts.own_rhythm import OwnRhythm
from analysis.bursts.picks import Picks
from analysis.bursts.rhythm import Rhythm
from analysis.bursts.shares import Shares

LENGTHS = (600, 1_800, 7_200, 21_600, 86_400)


@dataclass(frozen=True)
class Windows:
    """The best window of each subject that has one: [start, start + length), `observed` picks, `expected`, p."""

    subject: NDArray[np.int64]
    start: NDArray[np.int64]
    length: NDArray[np.int64]
    observed: NDArray[np.int64]
    expected: NDArray[np.float64]
    p: NDArray[np.float64]


def scan(picked: Picks, beat: Rhythm, min_accounts: int) -> Windows:
    """The best windows of at least `min_accounts` picks, by subject; of equals that of most picks, then the earliest.

    Subjects without one have p = 1.
    """
    own = OwnRhythm.of(picked)
    shares = Shares(picked, beat)
    parts = [_candidates(picked, own, shares, length, min_accounts) for length in LENGTHS]
    pick, length, observed, expected, p = (np.concatenate(column) for column in zip(*parts, strict=True))
    subject, start = picked.subject[pick], picked.time[pick]
    order = np.lexsort((length, start, -observed, p, subject))
    best = order[np.append(True, np.diff(subject[order]) != 0)] if len(order) else order
    return Windows(subject[best], start[best], length[best], observed[best], expected[best], p[best])


def tail(observed: NDArray[np.int64], expected: NDArray[np.float64], picks: NDArray[np.int64]) -> NDArray[np.float64]:
    """The bound on p of a subject with `picks` picks of which `observed` lie in a window that should hold `expected`.

    `expected` counts the others, without the pick at which the window begins.
    """
    others = np.maximum(picks - 1, 1)
    share = np.minimum(expected / others, 1.0)
    more = np.maximum(observed - 1, 1)
    beyond = betainc(more, np.maximum(others - more + 1, 1), share)
    beyond = np.where(observed > 1, beyond, 1.0)
    return np.asarray(np.minimum(beyond * picks * len(LENGTHS), 1.0), dtype=np.float64)


def _candidates(
    picked: Picks, own: OwnRhythm, shares: Shares, length: int, least: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Picks whose window of this length is surprising by both rhythms, with length, observed, expected and p."""
    observed = _inside(picked, length)
    more = np.flatnonzero(observed >= least)
    expected, counts = shares.expected(more, length), picked.counts
    surprising = tail(observed[more], expected, counts[more]) < 1.0
    more, expected = more[surprising], expected[surprising]
    expected = np.maximum(expected, own.expected(more, observed[more], length))
    p = tail(observed[more], expected, counts[more])
    kept = p < 1.0
    at = more[kept]
    return at, np.full(len(at), length, np.int64), observed[at], expected[kept], p[kept]


def _inside(picked: Picks, length: int) -> NDArray[np.int64]:
    """How many picks of the same subject lie in [t, t + length), t being the time of each pick."""
    if not len(picked.time):
        return np.zeros(0, np.int64)
    origin = int(picked.time.min())
    stride = int(picked.time.max()) - origin + length + 1
    keys = picked.dense * stride + picked.time - origin
    ends = np.searchsorted(keys, keys + length, side="left")
    return np.asarray(ends - np.searchsorted(keys, keys, side="left"), dtype=np.int64)
