"""On how many separate occasions two accounts shared together.

Co-shares are not independent when one message carries several things, or when a thread of one source is passed on in a
row by two readers who are online at the same moment. Such co-shares are one occasion. Counting occasions can only
lower what was observed, so what chance would give still bounds it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sharing.pairs import close_pairs, pair_keys
from analysis.sharing.slots import Slots


@dataclass(frozen=True)
class CoShares:
    """Single co-shares of pairs of accounts, ordered by pair and time: the pair's place, and the two slots.

    `earlier` and `later` are places of slots; which account was earlier differs from one co-share to the next.
    """

    pair: NDArray[np.int64]
    earlier: NDArray[np.int64]
    later: NDArray[np.int64]


def co_shares(slots: Slots, left: NDArray[np.int64], right: NDArray[np.int64]) -> CoShares:
    """Every co-share of the account pairs left[i] < right[i], which are sorted by left, then right."""
    wanted = left * slots.accounts + right
    involved = np.zeros(slots.accounts, np.bool_)
    involved[left] = involved[right] = True
    at = np.flatnonzero(involved[slots.account])
    account = slots.account[at]
    pieces = []
    for earlier, later in close_pairs(slots, at):
        key = pair_keys(account, earlier, later, slots.accounts)
        place = np.minimum(np.searchsorted(wanted, key), max(len(wanted) - 1, 0))
        hit = wanted[place] == key
        pieces.append((place[hit], at[earlier[hit]], at[later[hit]]))
    if not pieces:
        none = np.zeros(0, np.int64)
        return CoShares(none, none, none)
    pair, earlier, later = (np.concatenate(column) for column in zip(*pieces, strict=True))
    order = np.lexsort((later, earlier, slots.ticks[earlier], pair))
    return CoShares(pair[order], earlier[order], later[order])


def occasions(slots: Slots, message: NDArray[np.int64], found: CoShares, pairs: int) -> NDArray[np.int64]:
    """Occasions of each of `pairs` pairs; `message` is that of each slot.

    The least of two counts: messages of either account, and co-shares of one source that follow each other by more than
    the window. Unknown sources count as one here.
    """
    counts = [_distinct(found.pair, message[side], pairs) for side in _by_account(slots, found)]
    source = slots.source[found.earlier]
    order = np.lexsort((slots.ticks[found.earlier], source, found.pair))
    pair, source, ticks = found.pair[order], source[order], slots.ticks[found.earlier[order]]
    fresh = np.ones(len(pair), np.bool_)
    fresh[1:] = (pair[1:] != pair[:-1]) | (source[1:] != source[:-1]) | (np.diff(ticks) > slots.window)
    counts.append(np.bincount(pair[fresh], minlength=pairs))
    return np.asarray(np.minimum.reduce(counts), dtype=np.int64)


def _by_account(slots: Slots, found: CoShares) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The slots of the smaller and of the larger account."""
    straight = slots.account[found.earlier] < slots.account[found.later]
    return np.where(straight, found.earlier, found.later), np.where(straight, found.later, found.earlier)


def _distinct(pair: NDArray[np.int64], value: NDArray[np.int64], pairs: int) -> NDArray[np.int64]:
    order = np.lexsort((value, pair))
    pair, value = pair[order], value[order]
    fresh = np.ones(len(pair), np.bool_)
    fresh[1:] = (pair[1:] != pair[:-1]) | (value[1:] != value[:-1])
    return np.bincount(pair[fresh], minlength=pairs)
