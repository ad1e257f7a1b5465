"""Whether p is uniform where nothing but chance is at work: seen on the pairs of accounts that expect to co-share.

Most pairs of accounts expect next to nothing, and their p is 1 whatever the null is worth; so only pairs that expect
LEAST_EXPECTED co-shares and more are looked at. A count takes whole numbers, so p is made continuous in the usual way:
P(X > x) + u P(X = x) with u uniform.
"""

from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtrc

from analysis.sharing.pairs import close_pairs, pair_keys
from analysis.sharing.slots import Slots
from analysis.sharing.strata import Strata

LEAST_EXPECTED = 0.05
NOMINAL = (1e-1, 1e-2, 1e-3, 1e-4)
_ACCOUNTS = 2_000


@dataclass(frozen=True)
class Watched:
    """Pairs of accounts (left < right, sorted) and the co-shares that they expect."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    expected: NDArray[np.float64]


class Uniformity(msgspec.Struct, frozen=True, kw_only=True):
    """How p is spread under one null: `tails` are (nominal, observed share of p at or below it), `ks` the largest
    distance between their distribution and the uniform one. `pairs` counts them over all permutations.
    """

    null: str
    pairs: int
    ks: float
    tails: tuple[tuple[float, float], ...]


def watched(slots: Slots, strata: Strata) -> Watched:
    """Pairs among the most active accounts that expect LEAST_EXPECTED co-shares and more."""
    activity = np.bincount(slots.account, minlength=slots.accounts)
    top = np.sort(np.argsort(-activity, kind="stable")[:_ACCOUNTS])
    held = strata.held[top]
    expected = (held @ strata.rate @ held.T).toarray()
    left, right = np.nonzero(np.triu(expected >= LEAST_EXPECTED, k=1))
    return Watched(top[left], top[right], expected[left, right])


def p_values(slots: Slots, pairs: Watched, rng: np.random.Generator) -> NDArray[np.float64]:
    """The continuous p of each watched pair in these slots."""
    observed = _observed(slots, pairs)
    above = pdtrc(observed, pairs.expected)
    at_least = np.where(observed > 0, pdtrc(np.maximum(observed - 1, 0), pairs.expected), 1.0)
    return np.asarray(above + rng.random(len(observed)) * (at_least - above), dtype=np.float64)


def uniformity(null: str, p: NDArray[np.float64]) -> Uniformity:
    """The spread of these p."""
    ordered = np.sort(p)
    steps = np.arange(len(p) + 1) / max(len(p), 1)
    ks = float(max(np.max(steps[1:] - ordered), np.max(ordered - steps[:-1]))) if len(p) else 0.0
    tails = tuple((nominal, float(np.mean(p <= nominal)) if len(p) else 0.0) for nominal in NOMINAL)
    return Uniformity(null=null, pairs=len(p), ks=ks, tails=tails)


def _observed(slots: Slots, pairs: Watched) -> NDArray[np.int64]:
    wanted = pairs.left * slots.accounts + pairs.right
    count = np.zeros(len(wanted), np.int64)
    involved = np.zeros(slots.accounts, np.bool_)
    involved[pairs.left] = involved[pairs.right] = True
    at = np.flatnonzero(involved[slots.account])
    account = slots.account[at]
    for earlier, later in close_pairs(slots, at):
        key = pair_keys(account, earlier, later, slots.accounts)
        place = np.minimum(np.searchsorted(wanted, key), max(len(wanted) - 1, 0))
        hit = place[wanted[place] == key] if len(wanted) else place[:0]
        count += np.bincount(hit, minlength=len(wanted))
    return count
