"""What accounts expect that share a good part of all the things of a stratum: a feed, a newsroom, the keenest fans.

Permuting accounts over slots spreads them by how many slots each thing has. But an account shares a thing once, so one
that shares many is in most of the small things as well, where two slots lie close more often. For such accounts the
probability of being among the k slots of a thing is 1 - exp(-x k), with x so that these add up to the account's slots;
two accounts then meet in proportion to the thing's share of close pairs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sharing.rates import close_later
from analysis.sharing.slots import Slots
from analysis.sharing.strata import Strata, expected

_HEAVY = 0.03
_LEAST_SLOTS = 3
_HALVINGS = 40
_CELLS = 2_000_000


@dataclass(frozen=True)
class _Things:
    """Things by stratum, ordered by it: their slots there, and the share of ordered slot pairs that lie close."""

    starts: NDArray[np.int64]
    slots: NDArray[np.float64]
    close: NDArray[np.float64]

    def of(self, stratum: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        at = slice(self.starts[stratum], self.starts[stratum + 1])
        return self.slots[at], self.close[at]


def heavier(slots: Slots, null: Strata, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """The expected co-shares of these pairs under the null, raised where saturation raises them."""
    mean = expected(null, left, right)
    if not len(left):
        return mean
    things = _things(slots, null)
    number = np.diff(things.starts)
    one, other = null.held[left], null.held[right]
    both = one.multiply(other).tocoo()
    pair, stratum = both.coords
    here = np.asarray(null.held[left[pair], stratum]).ravel()
    there = np.asarray(null.held[right[pair], stratum]).ravel()
    heavy = np.maximum(here, there) >= np.maximum(_HEAVY * number[stratum], _LEAST_SLOTS)
    pair, stratum, here, there = pair[heavy], stratum[heavy], here[heavy], there[heavy]
    usual = null.rate.diagonal()[stratum] * here * there
    order = np.argsort(stratum, kind="stable")
    extra = np.zeros(len(left))
    for at in np.split(order, np.flatnonzero(np.diff(stratum[order])) + 1):
        if len(at):
            met = _meetings(*things.of(int(stratum[at[0]])), here[at], there[at])
            np.add.at(extra, pair[at], np.maximum(met - usual[at], 0.0))
    return mean + extra


def _things(slots: Slots, null: Strata) -> _Things:
    size = null.held.shape[1]
    label = null.stratum * (int(slots.thing.max()) + 1) + slots.thing
    names, place = np.unique(label, return_inverse=True)
    count = np.bincount(place).astype(np.float64)
    close = np.bincount(place, weights=close_later(slots, null.until_next))
    starts = np.searchsorted(names // (int(slots.thing.max()) + 1), np.arange(size + 1))
    return _Things(starts.astype(np.int64), count, 2 * close / count**2)


def _meetings(
    size: NDArray[np.float64], close: NDArray[np.float64], here: NDArray[np.float64], there: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Expected co-shares in one stratum of accounts with so many slots, here[i] with there[i]."""
    counts, place = np.unique(np.concatenate([here, there]), return_inverse=True)
    # Things of one size and one share of close pairs are alike.
    alike, times = np.unique(np.stack([size, close]), axis=1, return_counts=True)
    among = _among(alike[0], times.astype(np.float64), counts)
    weighted = among * (alike[1] * times)
    met = np.empty(len(here))
    step = max(_CELLS // max(len(times), 1), 1)
    first, second = place[: len(here)], place[len(here) :]
    for start in range(0, len(here), step):
        part = slice(start, start + step)
        met[part] = np.einsum("ij,ij->i", among[first[part]], weighted[second[part]])
    return met


def _among(size: NDArray[np.float64], times: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that an account with counts[i] slots is among those of a thing with size[j], by halving."""
    low, high = np.zeros(len(counts)), np.full(len(counts), 50.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        too_many = (1 - np.exp(-middle[:, None] * size)) @ times > counts
        low, high = np.where(too_many, low, middle), np.where(too_many, middle, high)
    return np.asarray(1 - np.exp(-high[:, None] * size))
