"""How often slots of two strata lie close, as the expected number of co-shares of one slot in each.

Within a stratum of N slots, M pairs of which lie close, accounts are permuted over slots. A pair of accounts with n_a
and n_b slots there then expects 2 M n_a n_b / (N (N - 1)) co-shares; between two strata M n_a n_b / (N N'). An account
never shares a thing with itself, so both are raised by the share of pairs of slots that are one account's.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from analysis.sharing.slots import Slots, followers


def held_slots(slots: Slots, stratum: NDArray[np.int64], size: int) -> csr_array:
    """How many slots each account has in each stratum."""
    return coo_array((np.ones(len(slots)), (slots.account, stratum)), shape=(slots.accounts, size)).tocsr()


def rates(
    slots: Slots,
    held: csr_array,
    stratum: NDArray[np.int64],
    following: NDArray[np.int64],
    until_next: NDArray[np.int64],
) -> csr_array:
    """The symmetric matrix of rates; a slot's followers lie in its own stratum, and from `until_next` ticks on in
    `following`.
    """
    close = _close_pairs(slots, stratum, following, until_next, held.shape[1])
    both = (close + close.T).tocoo()
    left, right = both.coords
    total = np.asarray(held.sum(axis=0), dtype=np.float64)
    columns = held.tocsc()
    # Ordered pairs of slots that belong to two accounts: all pairs less those of one account with itself.
    own = np.asarray(columns[:, left].multiply(columns[:, right]).sum(axis=0), dtype=np.float64)
    room = total[left] * total[right] - own
    rate = np.divide(both.data, room, out=np.zeros_like(both.data), where=room > 0)
    return coo_array((rate, (left, right)), shape=both.shape).tocsr()


def close_later(slots: Slots, until_next: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each slot how many later ones of the thing lie close and in the same stratum."""
    return _followers(slots, until_next)[0]


def _followers(slots: Slots, until_next: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each slot how many follow within the window, in its own stratum and in the next; none from a capped slot."""
    begin, end = np.arange(len(slots)) + 1, followers(slots)
    middle = np.searchsorted(slots.key, slots.key + until_next, side="left")
    middle = np.minimum(end, np.maximum(middle, begin))
    counted = ~slots.capped
    return np.where(counted, middle - begin, 0), np.where(counted, end - middle, 0)


def _close_pairs(
    slots: Slots,
    stratum: NDArray[np.int64],
    following: NDArray[np.int64],
    until_next: NDArray[np.int64],
    size: int,
) -> csr_array:
    """How many pairs of slots lie close, by the stratum of the earlier and of the later."""
    same, across = _followers(slots, until_next)
    within = np.bincount(stratum, weights=same, minlength=size)
    at = np.flatnonzero(across)
    places = np.arange(size)
    rows, columns = np.append(places, stratum[at]), np.append(places, following[at])
    counts = np.append(within, across[at]).astype(np.float64)
    return coo_array((counts, (rows, columns)), shape=(size, size)).tocsr()
