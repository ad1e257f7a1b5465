"""Long silences: which messages end one, and how many accounts lie silent at a moment.

Silence is counted in days on which the source brought anything: a collector that was down for a month would otherwise
wake everybody.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import DAY, Columns


@dataclass(frozen=True)
class Silences:
    """`woken` are rows of messages that end a long silence, by time; each silence is long from `since` on.

    `since` and `until` (seconds since 1970, each sorted) are when accounts joined and left the silent.
    """

    woken: NDArray[np.int64]
    since: NDArray[np.int64]
    until: NDArray[np.int64]

    def asleep(self, time: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many accounts have been silent for long just before each of these times."""
        joined, left = np.searchsorted(self.since, time), np.searchsorted(self.until, time)
        return np.asarray(joined - left, dtype=np.int64)


def silences(read: Columns, gap_days: int) -> Silences:
    """Silences of at least `gap_days` days, those that have not ended included."""
    by_account = np.lexsort((np.arange(len(read)), read.account))
    last = np.ones(len(read), bool)
    last[:-1] = np.diff(read.account[by_account]) != 0
    clock = _covered(read)
    long = np.zeros(len(read), bool)
    long[:-1] = ~last[:-1] & (np.diff(clock[by_account]) >= gap_days * DAY)
    ended = by_account[1:][long[:-1]]
    since = _long_from(read, by_account[long | last], clock, gap_days)
    return Silences(np.sort(ended), np.sort(since[since >= 0]), np.sort(read.time[ended]))


def _covered(read: Columns) -> NDArray[np.int64]:
    """Seconds on the clock of each message's source, which stands still on days without a message."""
    clock = np.zeros(len(read), np.int64)
    for source in np.unique(read.source):
        part = read.source == source
        _, rank = np.unique(read.day[part], return_inverse=True)
        clock[part] = rank * DAY + read.time[part] % DAY
    return clock


def _long_from(read: Columns, rows: NDArray[np.int64], clock: NDArray[np.int64], gap_days: int) -> NDArray[np.int64]:
    """When the silence after each of these messages became long; -1 where the data end before."""
    moment = np.full(len(rows), -1, np.int64)
    for source in np.unique(read.source):
        days = np.unique(read.day[read.source == source])
        part = np.flatnonzero(read.source[rows] == source)
        rank = clock[rows[part]] // DAY + gap_days
        within = rank < len(days)
        moment[part[within]] = days[rank[within]] * DAY + clock[rows[part[within]]] % DAY
    return moment
