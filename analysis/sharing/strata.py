"""Two divisions of slots into strata within which a null permutes accounts.

By time: parts of the day in stretches of days, the rhythm of day and weeks. By source: the common source of the things,
by part of the day. Strata are large enough that a group's own shares do not make up what is held against it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.sharing.rates import held_slots, rates
from analysis.sharing.slots import Slots

LEAST_SLOTS, _MOST_SLOTS = 500, 4_000
_STRATA = 100
_DAY_SECONDS = 86_400
_NEVER = np.iinfo(np.int64).max // 2
_CHUNK = 100_000


@dataclass(frozen=True)
class Strata:
    """`held` counts slots by account and stratum; `rate` is symmetric: expected co-shares of one slot each.

    `stratum` is that of each slot, `until_next` how many ticks on it ends. `root` is the share of each slot in a lower
    bound: two slots of one stratum say that their accounts expect at least the product of their roots.
    """

    stratum: NDArray[np.int64]
    until_next: NDArray[np.int64]
    root: NDArray[np.float32]
    held: csr_array
    rate: csr_array


def by_time(slots: Slots) -> Strata:
    """Hours of the day, or longer parts of it up to four hours, over as many days as `enough` slots take."""
    parts = next((parts for parts in (24, 12) if _fit(slots, parts)), 6)
    length = _DAY_SECONDS * slots.per_second // parts
    if slots.window > length:
        length, parts = slots.window, 1
    cell, place = np.unique(slots.ticks // length, return_inverse=True)
    label = _stretches(cell % parts, np.bincount(place, minlength=len(cell)), enough(slots))
    following = np.append(label[1:], label[-1:])
    return _strata(slots, label[place], following[place], length - slots.ticks % length)


def by_source(slots: Slots) -> Strata:
    """Source of the thing by part of the day: four hours, longer where the source has not `enough` slots in each.

    All unknown sources are one.
    """
    source = slots.source + 1
    choices = np.array([1, 1, 2, 3, 3, 3, 6])
    parts = choices[np.minimum(np.bincount(source) // enough(slots), 6)][source]
    length = _DAY_SECONDS * slots.per_second // parts
    if slots.window > _DAY_SECONDS * slots.per_second // 6:
        return _strata(slots, source, source, np.full(len(slots), _NEVER))
    time = slots.ticks // length % parts
    label = np.stack([source * 6 + time, source * 6 + (time + 1) % parts])
    stratum, following = np.unique(label, return_inverse=True)[1].reshape(2, -1)
    return _strata(slots, stratum, following, length - slots.ticks % length)


def enough(slots: Slots) -> int:
    """How many slots a stratum should hold: a hundredth of all, 500 at least and 4,000 at most."""
    return min(max(len(slots) // _STRATA, LEAST_SLOTS), _MOST_SLOTS)


def expected(strata: Strata, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Expected co-shares of the accounts left[i] and right[i]."""
    result = np.zeros(len(left))
    spread = (strata.held @ strata.rate).tocsr() if len(left) else strata.held
    for start in range(0, len(left), _CHUNK):
        part = slice(start, start + _CHUNK)
        result[part] = strata.held[left[part]].multiply(spread[right[part]]).sum(axis=1)
    return result


def _fit(slots: Slots, parts: int) -> bool:
    """Whether the day cut into so many parts leaves `enough` slots in each on average."""
    cells = np.unique(slots.ticks // (_DAY_SECONDS * slots.per_second // parts))
    return len(slots) >= enough(slots) * max(len(cells), 1)


def _stretches(part: NDArray[np.int64], counts: NDArray[np.int64], least: int) -> NDArray[np.int64]:
    """A label for each cell: those of one part of the day, in order, until `least` slots are together.

    What is left over at the end joins the last stretch of its part.
    """
    label = np.zeros(len(part), np.int64)
    fresh = 0
    for value in np.unique(part):
        at = np.flatnonzero(part == value)
        before = np.concatenate([[0], np.cumsum(counts[at])])
        start = 0
        while start < len(at):
            stop = int(np.searchsorted(before, before[start] + least, side="left"))
            if stop >= len(at) or before[-1] - before[stop] < least:
                stop = len(at)
            label[at[start:stop]] = fresh
            fresh, start = fresh + 1, stop
    return label


def _strata(
    slots: Slots, stratum: NDArray[np.int64], following: NDArray[np.int64], until_next: NDArray[np.int64]
) -> Strata:
    """`following` is the stratum in which a slot's followers lie from `until_next` ticks on."""
    size = int(max(stratum.max(initial=-1), following.max(initial=-1))) + 1
    held = held_slots(slots, stratum, size)
    rate = rates(slots, held, stratum, following, until_next)
    count = np.asarray(held[slots.account, stratum], dtype=np.float64).ravel() if len(slots) else np.zeros(0)
    return Strata(stratum, until_next, (count * np.sqrt(rate.diagonal()[stratum])).astype(np.float32), held, rate)
