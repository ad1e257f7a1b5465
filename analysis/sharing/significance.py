"""Which pairs of accounts share together more than chance allows.

Two nulls, each permuting accounts over the slots of a stratum: one keeps activity, popularity and rhythm (strata are
parts of the day in stretches of days), one also the common source (strata are sources by part of the day). A pair's p
is the larger of the two, the Poisson tail of its occasions. q is over every pair of accounts active enough to be
judged, those never seen together included.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtrc

from analysis.sharing.columns import Shares
from analysis.sharing.discoveries import LEAST_SHARED, Discoveries, discoveries
from analysis.sharing.occasions import CoShares, co_shares, occasions
from analysis.sharing.pairs import Candidates, candidates
from analysis.sharing.saturation import heavier
from analysis.sharing.slots import Slots, slots
from analysis.sharing.strata import Strata, by_source, by_time, expected

LEAST_ACTIVITY = 3
_LEAST_P = 1e-300


@dataclass(frozen=True)
class Edges:
    """Pairs of accounts (left < right, sorted): different things shared together, occasions, expected number, p and q.

    `expected` is the larger of the two nulls'.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    shared: NDArray[np.int64]
    occasions: NDArray[np.int64]
    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)

    def where(self, kept: NDArray[np.bool_]) -> "Edges":
        """Those that are kept."""
        return Edges(
            self.left[kept],
            self.right[kept],
            self.shared[kept],
            self.occasions[kept],
            self.expected[kept],
            self.p[kept],
            self.q[kept],
        )


@dataclass(frozen=True)
class Tested:
    """The edges at `q_max` and better, their co-shares, and how many pairs were tested."""

    slots: Slots
    rhythm: Strata
    sources: Strata
    edges: Edges
    co_shares: CoShares
    tested: int


def tested(shares: Shares, rows: NDArray[np.int64], *, window_seconds: float, q_max: float, cap: int) -> Tested:
    """The test on these rows of the shares."""
    given = slots(shares, rows, window_seconds=window_seconds, cap=cap)
    nulls = by_time(given), by_source(given)
    active = np.bincount(given.account, minlength=given.accounts) >= LEAST_ACTIVITY
    by_chance = discoveries(given, nulls, active)
    pairs = _hopeful(given, nulls, active, by_chance, q_max)
    found = co_shares(given, pairs.left, pairs.right)
    separate = occasions(given, shares.message[given.row], found, len(pairs.left))
    p = np.where(separate >= LEAST_SHARED, _tail(separate, pairs.expected_at_least), 1.0)
    q = by_chance.q_values(p)
    kept = q <= q_max
    edges = Edges(pairs.left, pairs.right, pairs.shared, separate, pairs.expected_at_least, p, q).where(kept)
    return Tested(given, *nulls, edges, _of(found, kept), by_chance.tests)


def _hopeful(
    given: Slots, nulls: tuple[Strata, Strata], active: NDArray[np.bool_], by_chance: Discoveries, q_max: float
) -> Candidates:
    """Pairs that stand at `q_max` when each thing counts, with what they expect under the harder null.

    Each step's p are no larger than those of the next, so none that would stand is lost on the way.
    """
    pairs = candidates(given, nulls[1], active, LEAST_SHARED)
    pairs = _standing(pairs, pairs.expected_at_least, by_chance, q_max)
    for raised in (expected, partial(heavier, given)):
        for null in reversed(nulls):
            pairs = _standing(pairs, raised(null, pairs.left, pairs.right), by_chance, q_max)
    return pairs


def _standing(pairs: Candidates, mean: NDArray[np.float64], by_chance: Discoveries, q_max: float) -> Candidates:
    """Those that stand when they expect `mean`, if that is more than they expected before."""
    mean = np.maximum(pairs.expected_at_least, mean)
    kept = by_chance.q_values(_tail(pairs.shared, mean)) <= q_max
    return Candidates(pairs.left[kept], pairs.right[kept], pairs.shared[kept], mean[kept])


def _tail(count: NDArray[np.int64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """P(X >= count) of a Poisson count, kept above zero."""
    return np.asarray(np.maximum(pdtrc(count - 1, mean), _LEAST_P), dtype=np.float64)


def _of(found: CoShares, kept: NDArray[np.bool_]) -> CoShares:
    """The co-shares of the pairs that are kept, numbered anew."""
    place = np.cumsum(kept) - 1
    chosen = kept[found.pair]
    return CoShares(place[found.pair[chosen]], found.earlier[chosen], found.later[chosen])
