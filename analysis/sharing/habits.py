"""Whether accounts share together because each keeps its own delay after a thing appears, as feeds and newsrooms do.

Each account's delays after the first share of a thing by others are shuffled over the things that it shared; two
accounts then co-share each thing that both shared with the probability that two of their delays lie within the window.
Things that the community itself was first to share say nothing of a habit and are left out.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from analysis.sharing.slots import Slots

_LEAST_P = 1e-3
_LEAST_THINGS = 3
_MOST_PAIRS = 300


class Habit(NamedTuple):
    """`first` is the share of their things that the accounts were first to share; `explained` that of pairs whose
    co-shares their delays explain (p above .001). Both 0 to 1.
    """

    first: float
    explained: float


class _Delays(NamedTuple):
    things: NDArray[np.int64]
    sorted_delays: NDArray[np.int64]


def habit(slots: Slots, accounts: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64]) -> Habit:
    """The habit of these accounts (sorted), looked at on the pairs left[i], right[i], three hundred of them at most."""
    first = np.append([True], slots.thing[1:] != slots.thing[:-1])
    begin = np.flatnonzero(first)[np.cumsum(first) - 1]
    at = np.flatnonzero(np.isin(slots.account, accounts))
    by_others = ~np.isin(slots.account[begin[at]], accounts)
    held = _by_account(slots, at[by_others], begin, accounts)
    chosen = range(0, len(left), -(-len(left) // _MOST_PAIRS))
    explained = [_explained(held[int(left[i])], held[int(right[i])], slots.window) for i in chosen]
    return Habit(1 - float(by_others.mean()), float(np.mean(explained)))


def _by_account(
    slots: Slots, at: NDArray[np.int64], begin: NDArray[np.int64], accounts: NDArray[np.int64]
) -> dict[int, tuple[_Delays, NDArray[np.int64]]]:
    """By account: its things with their delays sorted apart from them, and the moments of its things."""
    at = at[np.argsort(slots.account[at], kind="stable")]
    parts = np.split(at, np.searchsorted(slots.account[at], accounts[1:]))
    return {
        name: (_Delays(slots.thing[part], np.sort(slots.ticks[part] - slots.ticks[begin[part]])), slots.ticks[part])
        for name, part in zip(accounts.tolist(), parts, strict=True)
    }


def _explained(one: tuple[_Delays, NDArray[np.int64]], other: tuple[_Delays, NDArray[np.int64]], window: int) -> bool:
    (here, ticks_here), (there, ticks_there) = one, other
    common, a, b = np.intersect1d(here.things, there.things, assume_unique=True, return_indices=True)
    if len(common) < _LEAST_THINGS:
        return False
    together = int((np.abs(ticks_here[a] - ticks_there[b]) <= window).sum())
    above = np.searchsorted(there.sorted_delays, here.sorted_delays + window, side="right")
    below = np.searchsorted(there.sorted_delays, here.sorted_delays - window, side="left")
    meeting = float((above - below).sum() / (len(here.things) * len(there.things)))
    return bool(bdtrc(together - 1, len(common), meeting) > _LEAST_P)
