"""Pairs of accounts that shared things close together, and how many different things."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sharing.slots import Slots
from analysis.sharing.strata import Strata

_BUDGET = 15_000_000
# The upper bits of a 32-bit float: its exponent and four bits of its fraction, which order as the floats do.
_BITS = 12
_DROPPED = 31 - _BITS


@dataclass(frozen=True)
class Candidates:
    """Pairs of accounts (left < right, sorted): how many different things they shared within the window, and a number
    that the co-shares they expect by chance is not below, cheap to have.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    shared: NDArray[np.int64]
    expected_at_least: NDArray[np.float64]


def candidates(slots: Slots, null: Strata, eligible: NDArray[np.bool_], least: int) -> Candidates:
    """Pairs of eligible accounts with at least `least` things shared within the window.

    Memory is bounded: where there are more close pairs of slots than fit, accounts are taken in turns.
    """
    at = _worth_looking_at(slots, eligible, least)
    turns = 1 + _pairs_to_come(slots, at) // _BUDGET
    parts = [_counted(_keys(slots, null, at, turns, turn), least) for turn in range(turns)]
    key, count, floor = (np.concatenate(column) for column in zip(*parts, strict=True))
    if turns > 1:
        order = np.argsort(key, kind="stable")
        key, count, floor = key[order], count[order], floor[order]
    accounts = max(slots.accounts, 1)
    return Candidates(key // accounts, key % accounts, count, floor)


def close_pairs(slots: Slots, at: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """All pairs of close slots among those `at` (sorted places), in pieces: places in `at` of the earlier and later.

    The k-th piece holds slots and the k-th that follows: no more pieces than slots of one thing within the window.
    """
    key = slots.key[at]
    left = np.flatnonzero(~slots.capped[at])
    step = 1
    while len(left):
        if left[-1] + step >= len(at):
            left = left[: np.searchsorted(left, len(at) - step)]
        left = left[key[left + step] - key[left] <= slots.window]
        if len(left):
            yield left, left + step
        step += 1


def pair_keys(
    account: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64], accounts: int
) -> NDArray[np.int64]:
    """A number for the two accounts at these places, whichever comes first."""
    here, there = account[one], account[other]
    return np.asarray(np.minimum(here, there) * accounts + np.maximum(here, there), dtype=np.int64)


def _worth_looking_at(slots: Slots, eligible: NDArray[np.bool_], least: int) -> NDArray[np.int64]:
    """Slots of eligible accounts that have a neighbour among them, and whose account has `least` of these."""
    at = np.flatnonzero(eligible[slots.account])
    for _ in range(3):
        near = np.diff(slots.key[at]) <= slots.window
        some = np.concatenate([near, [False]]) | np.concatenate([[False], near]) if len(at) else near
        at = at[some]
        enough = np.bincount(slots.account[at], minlength=slots.accounts) >= least
        at = at[enough[slots.account[at]]]
    return at


def _pairs_to_come(slots: Slots, at: NDArray[np.int64]) -> int:
    key = slots.key[at]
    ends = np.searchsorted(key, key + slots.window, side="right")
    return int(((ends - np.arange(len(at)) - 1) * ~slots.capped[at]).sum())


def _keys(slots: Slots, null: Strata, at: NDArray[np.int64], turns: int, turn: int) -> NDArray[np.int64]:
    """For each close pair of slots, sorted: the accounts and the lower bound in one number.

    Only of those pairs whose smaller account's turn it is.
    """
    account, stratum, root = slots.account[at], null.stratum[at], null.root[at]
    found = []
    for earlier, later in close_pairs(slots, at):
        floor = root[earlier] * root[later]
        floor[stratum[earlier] != stratum[later]] = 0.0
        key = pair_keys(account, earlier, later, slots.accounts)
        keys = (key << _BITS) | (floor.view(np.int32) >> _DROPPED)
        found.append(keys[key // slots.accounts % turns == turn] if turns > 1 else keys)
    keys = np.concatenate(found) if found else np.zeros(0, np.int64)
    keys.sort()
    return keys


def _counted(keys: NDArray[np.int64], least: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Each pair of accounts that occurs `least` times and more, how often, and its largest lower bound."""
    pair = keys >> _BITS
    last = np.flatnonzero(np.append(pair[1:] != pair[:-1], [True])) if len(keys) else np.zeros(0, np.int64)
    count = np.diff(last, prepend=-1)
    last, count = last[count >= least], count[count >= least]
    bound = ((keys[last] & ((1 << _BITS) - 1)) << _DROPPED).astype(np.int32).view(np.float32)
    return pair[last], count, bound.astype(np.float64)
