"""Slots: the moments at which a thing was shared, one for each account, and which of them lie close together.

A null moves accounts between slots and leaves the slots where they are: so whatever depends on thing and time alone
(the cap, the number of close pairs) is the same in the data and by chance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sharing.columns import Shares

_TICKS_PER_SECOND = 1_000
_LARGEST_KEY = 2**62


@dataclass(frozen=True)
class Slots:
    """Ordered by thing, then time. `row` is the share's place in the shares that they were made from.

    `ticks` are since 1970, `per_second` says how fine; `key` orders thing and time in one number, in ticks within a
    thing, as is `window`. `capped` marks slots followed within the window by more than `cap` others: no pair is
    counted from them. `accounts` is how many accounts there are in all.
    """

    account: NDArray[np.int64]
    thing: NDArray[np.int64]
    source: NDArray[np.int64]
    seconds: NDArray[np.float64]
    row: NDArray[np.int64]
    key: NDArray[np.int64]
    ticks: NDArray[np.int64]
    capped: NDArray[np.bool_]
    window: int
    per_second: int
    accounts: int

    def __len__(self) -> int:
        return len(self.account)


def slots(shares: Shares, rows: NDArray[np.int64], *, window_seconds: float, cap: int) -> Slots:
    """The earliest share of each thing by each account among these rows (sorted places in `shares`)."""
    accounts = len(shares.accounts)
    pairs = shares.thing[rows] * accounts + shares.account[rows]
    rows = rows[np.sort(np.unique(pairs, return_index=True)[1])]
    thing, seconds = shares.thing[rows], shares.seconds[rows]
    per_second, key, ticks, window = _keyed(thing, seconds, window_seconds)
    return Slots(
        account=shares.account[rows],
        thing=thing,
        source=_source_of_thing(shares)[thing],
        seconds=seconds,
        row=rows,
        key=key,
        ticks=ticks,
        capped=_capped(key, window, cap),
        window=window,
        per_second=per_second,
        accounts=accounts,
    )


def followers(slots: Slots) -> NDArray[np.int64]:
    """For each slot the place behind the last slot of the same thing within the window."""
    return np.searchsorted(slots.key, slots.key + slots.window, side="right").astype(np.int64)


def _keyed(
    thing: NDArray[np.int64], seconds: NDArray[np.float64], window_seconds: float
) -> tuple[int, NDArray[np.int64], NDArray[np.int64], int]:
    """Things lie further apart than the window; ticks are milliseconds, coarser only where 64 bits are too few."""
    per_second = _TICKS_PER_SECOND
    begin = float(seconds.min()) if len(seconds) else 0.0
    last = float(seconds.max()) - begin if len(seconds) else 0.0
    things = int(thing.max(initial=0)) + 1
    while per_second > 1 and things * (last + window_seconds + 1) * per_second > _LARGEST_KEY:
        per_second //= 10
    ticks = np.rint(seconds * per_second).astype(np.int64)
    window = int(window_seconds * per_second)
    since = ticks - ticks.min() if len(ticks) else ticks
    step = int(since.max(initial=0)) + window + 1
    return per_second, thing * step + since, ticks, window


def _capped(key: NDArray[np.int64], window: int, cap: int) -> NDArray[np.bool_]:
    capped = np.zeros(len(key), np.bool_)
    reach = cap + 1
    if len(key) > reach:
        capped[:-reach] = key[reach:] - key[:-reach] <= window
    return capped


def _source_of_thing(shares: Shares) -> NDArray[np.int64]:
    """One source a thing; where only some records name it, it counts for all."""
    found = np.full(len(shares.things), -1, np.int64)
    np.maximum.at(found, shares.thing, shares.source)
    return found
