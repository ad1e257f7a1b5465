"""The bare sweep that a test is timed beside: every pair of accounts close together on a thing, counted; no null.

Two pointers run over the shares of a thing. It is compiled where numba is installed, else the same is done with numpy.
"""

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.sharing import Shares

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Swept(NamedTuple):
    """How it was done, the pairs of shares, the pairs of accounts with three and more of them, and seconds taken."""

    way: str
    close: int
    pairs: int
    seconds: float


def sweep(shares: Shares, *, window_seconds: float, cap: int | None = None) -> Swept:
    """The sweep over all shares, or without pairs from those that more than `cap` follow; compiling is not counted."""
    thing, seconds, account = shares.thing, shares.seconds, shares.account
    compiled = _compiled()
    if compiled is not None:
        none = np.zeros(4, np.bool_)
        compiled(
            thing[:4], seconds[:4], account[:4], none, window_seconds, len(shares.accounts), np.empty(16, np.int64)
        )
    began = time.perf_counter()
    key = _key(thing, seconds, window_seconds)
    ends = np.searchsorted(key, key + window_seconds, side="right")
    following = ends - np.arange(len(thing)) - 1
    left_out = following > (len(thing) if cap is None else cap)
    keys = np.empty(int(following[~left_out].sum()), np.int64)
    fill = compiled or _fill
    found = fill(thing, seconds, account, left_out, window_seconds, len(shares.accounts), keys)
    keys = keys[:found]
    keys.sort()
    last = np.flatnonzero(np.append(keys[1:] != keys[:-1], [True])) if found else np.zeros(0, np.int64)
    often = int((np.diff(last, prepend=-1) >= 3).sum())
    return Swept("numba" if compiled else "numpy", found, often, time.perf_counter() - began)


Fill = Callable[[Ints, Floats, Ints, Bools, float, int, Ints], int]


def _compiled() -> Fill | None:
    if find_spec("numba") is None:
        return None
    compiled: Fill = import_module("numba").njit(_two_pointers)
    return compiled


def _key(thing: Ints, seconds: Floats, window: float) -> Floats:
    """Thing and time in one number, things further apart than the window."""
    return np.asarray(thing * (np.ptp(seconds) + 2 * window) + (seconds - seconds.min()), dtype=np.float64)


def _two_pointers(
    thing: Ints, seconds: Floats, account: Ints, left_out: Bools, window: float, accounts: int, keys: Ints
) -> int:
    found = 0
    for here in range(len(thing)):
        there = here + 1 if not left_out[here] else len(thing)
        while there < len(thing) and thing[there] == thing[here] and seconds[there] - seconds[here] <= window:
            one, other = account[here], account[there]
            if one != other:
                keys[found] = min(one, other) * accounts + max(one, other)
                found += 1
            there += 1
    return found


def _fill(
    thing: Ints, seconds: Floats, account: Ints, left_out: Bools, window: float, accounts: int, keys: Ints
) -> int:
    found, step = 0, 1
    left = np.flatnonzero(~left_out)
    while len(left):
        left = left[left + step < len(thing)]
        left = left[(thing[left + step] == thing[left]) & (seconds[left + step] - seconds[left] <= window)]
        one, other = account[left], account[left + step]
        key = (np.minimum(one, other) * accounts + np.maximum(one, other))[one != other]
        keys[found : found + len(key)] = key
        found, step = found + len(key), step + 1
    return found
