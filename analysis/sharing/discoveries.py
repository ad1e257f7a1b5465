"""q over all pairs of accounts, with what a count that takes whole numbers allows.

Benjamini and Hochberg (1995) hold p against the number of tests times p: as many p as small would be expected by
chance. A count is rarely able to be just as unlikely as p, and for most pairs, which expect next to nothing, far from
it; so the number of p as small that chance gives is sum over pairs of P(p_i <= p), which is less (Heyse 2011; Döhler,
Durand and Roquain 2018). Over hundreds of millions of pairs the sum is estimated from a sample, in which a pair is as
likely as its accounts are active, and three standard errors are added; it is never taken above Benjamini-Hochberg's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtrc

from analysis.sharing.slots import Slots
from analysis.sharing.strata import Strata, expected

LEAST_SHARED = 3
_MOST_SHARED = 40
_SAMPLE = 40_000
_SEED = 20_260_318
_SMALLEST_P, _LARGEST_P = 1e-13, 1e-3
_ERRORS = 3.0


@dataclass(frozen=True)
class Discoveries:
    """`below[i]` bounds the number of pairs that have a p of `at[i]` (rising) or less by chance."""

    at: NDArray[np.float64]
    below: NDArray[np.float64]
    tests: int

    def by_chance(self, p: NDArray[np.float64]) -> NDArray[np.float64]:
        """How many of all pairs have a p as small by chance."""
        plain = p * self.tests
        place = np.searchsorted(self.at, p, side="right") - 1
        known = (place >= 0) & (p <= _LARGEST_P)
        if not known.any():
            return plain
        return np.where(known, np.minimum(self.below[np.maximum(place, 0)], plain), plain)

    def q_values(self, p: NDArray[np.float64]) -> NDArray[np.float64]:
        """The q of these p; all other pairs have larger ones."""
        order = np.argsort(p, kind="stable")
        ratio = self.by_chance(p[order]) / np.arange(1, len(p) + 1)
        q = np.empty(len(p))
        q[order] = np.minimum(np.minimum.accumulate(ratio[::-1])[::-1], 1.0)
        return q


def discoveries(slots: Slots, nulls: tuple[Strata, Strata], active: NDArray[np.bool_]) -> Discoveries:
    """What chance gives among all pairs of active accounts under the harder of the two nulls."""
    number = int(active.sum())
    tests = number * (number - 1) // 2
    left, right, weight = _sample(slots, active, tests)
    by_chance = np.maximum(*(expected(null, left, right) for null in nulls))
    tails = pdtrc(np.arange(LEAST_SHARED, _MOST_SHARED + 2)[None, :] - 1, by_chance[:, None])
    tails[:, -1] = 0.0
    here, following = tails[:, :-1], tails[:, 1:]
    seen = (here >= _SMALLEST_P) & (here <= _LARGEST_P)
    weights = np.broadcast_to(weight[:, None], here.shape)[seen]
    order = np.argsort(here[seen], kind="stable")
    mean = np.cumsum((weights * (here - following)[seen])[order])
    variance = np.cumsum((weights**2 * (here**2 - following**2)[seen])[order])
    return Discoveries(here[seen][order], mean + _ERRORS * np.sqrt(variance), tests)


def _sample(
    slots: Slots, active: NDArray[np.bool_], tests: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of active accounts and for how many pairs each stands; all pairs where these are few."""
    accounts = np.flatnonzero(active)
    if tests <= _SAMPLE:
        left, right = np.triu_indices(len(accounts), 1)
        return accounts[left], accounts[right], np.ones(len(left))
    activity = np.bincount(slots.account, minlength=slots.accounts)[accounts].astype(np.float64)
    share = activity / activity.sum()
    drawn = np.random.default_rng(_SEED).choice(len(accounts), (2, _SAMPLE), p=share)
    left, right = drawn[:, drawn[0] != drawn[1]]
    return accounts[left], accounts[right], 1 / (2 * _SAMPLE * share[left] * share[right])
