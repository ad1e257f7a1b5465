"""Blocks of time: how many accounts were active in each, how many woke, how many lay silent when it began."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import DAY, Columns
from analysis.bursts.silence import Silences


@dataclass(frozen=True)
class Blocks:
    """Blocks of `length` seconds from `start` (seconds since 1970), those with at least one active account."""

    length: int
    start: NDArray[np.int64]
    active: NDArray[np.int64]
    woken: NDArray[np.int64]
    asleep: NDArray[np.int64]

    @property
    def place_in_day(self) -> NDArray[np.int64]:
        """The place of each block among those of its day."""
        return np.asarray((self.start % DAY) // min(self.length, DAY), dtype=np.int64)


def blocks(read: Columns, silent: Silences, length: int, offset: int) -> Blocks:
    """Blocks that begin at `offset` plus whole multiples of `length`."""
    block = (read.time - offset) // length
    base = int(block.min(initial=0))
    number, active = _distinct(block - base, read.account)
    waking, count = _distinct(block[silent.woken] - base, read.account[silent.woken])
    woken = np.zeros(len(number), np.int64)
    woken[np.searchsorted(number, waking)] = count
    start = (number + base) * length + offset
    return Blocks(length, start, active, woken, silent.asleep(start))


def _distinct(block: NDArray[np.int64], account: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The blocks that occur, and the distinct accounts in each."""
    stride = int(account.max(initial=0)) + 1
    pairs = np.unique(block * stride + account)
    found, counts = np.unique(pairs // stride, return_counts=True)
    return found, counts.astype(np.int64)
