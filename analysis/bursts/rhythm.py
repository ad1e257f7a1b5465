"""The rhythm of the data: what share of account-days falls before a moment, by source and language.

Each account weighs one a day, spread over its messages of that day: an account that posts without pause does not set
the rhythm. A subject's uses are held against the rhythm of the sources and languages it was used in, so that a subject
of one time zone is not judged by the clock of another.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import DAY, Columns

# Fewer account-days say too little about a rhythm; then the wider one is used.
LEAST_ACCOUNT_DAYS = 500.0
EVERYTHING = 0


@dataclass(frozen=True)
class Rhythm:
    """`stratum[row]` is the stratum of each message; `EVERYTHING` holds all of them."""

    stratum: NDArray[np.int64]
    weight: NDArray[np.float64]
    _keys: NDArray[np.int64]
    _cumulated: NDArray[np.float64]
    _starts: NDArray[np.int64]
    _origin: int
    _stride: int

    @property
    def sizes(self) -> NDArray[np.float64]:
        """Account-days of each stratum."""
        return np.diff(self._cumulated[self._starts])

    def before(self, stratum: NDArray[np.int64], time: NDArray[np.int64]) -> NDArray[np.float64]:
        """The share of the stratum's account-days that lies before `time`, 0 to 1."""
        past = np.clip(time - self._origin, 0, self._stride - 1)
        at = np.searchsorted(self._keys, stratum * self._stride + past, side="left")
        first, last = self._cumulated[self._starts[stratum]], self._cumulated[self._starts[stratum + 1]]
        return (self._cumulated[at] - first) / (last - first)


def rhythm(read: Columns) -> Rhythm:
    """The rhythm of everything, of each source, and of each language of a source, where these are large enough."""
    weight = account_day_weights(read)
    wide = read.source
    narrow = read.source * (int(read.language.max(initial=0)) + 1) + read.language
    stratum = np.full(len(read), EVERYTHING, np.int64)
    rows, codes, used = [np.arange(len(read))], [np.zeros(len(read), np.int64)], 1
    for group in (wide, narrow):
        label, size = _sizes(group, weight)
        for one in np.flatnonzero(size >= LEAST_ACCOUNT_DAYS):
            inside = np.flatnonzero(label == one)
            if len(inside) < len(read):
                stratum[inside] = used
                rows.append(inside)
                codes.append(np.full(len(inside), used, np.int64))
                used += 1
    return _cumulated(read.time, weight, stratum, np.concatenate(rows), np.concatenate(codes), used)


def account_day_weights(read: Columns) -> NDArray[np.float64]:
    """Of each message, one by the number of messages of its account on its day."""
    if not len(read):
        return np.zeros(0)
    day = read.day - int(read.day[0])
    _, group, counts = np.unique(read.account * (int(day[-1]) + 1) + day, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / counts[group], dtype=np.float64)


def _sizes(group: NDArray[np.int64], weight: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    _, label = np.unique(group, return_inverse=True)
    return label.astype(np.int64), np.bincount(label, weight).astype(np.float64)


def _cumulated(
    time: NDArray[np.int64],
    weight: NDArray[np.float64],
    stratum: NDArray[np.int64],
    rows: NDArray[np.int64],
    codes: NDArray[np.int64],
    used: int,
) -> Rhythm:
    origin = int(time[0]) if len(time) else 0
    # Two days of room: the longest window may end a day after the last message and stays below the next stratum.
    stride = (int(time[-1]) - origin if len(time) else 0) + 2 * DAY
    keys = codes * stride + time[rows] - origin
    cumulated = np.concatenate([[0.0], np.cumsum(weight[rows])])
    starts = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=used))]).astype(np.int64)
    return Rhythm(stratum, weight, keys, cumulated, starts, origin, stride)
