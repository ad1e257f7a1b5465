"""One use per account, subject and day, drawn by lot: what one account does in a row is one decision, not many.

Drawn by lot and not the first of the day, since first uses crowd into the morning. Under the null the time of a pick
is that of a random message of a random account on a random day, which is what `rhythm` measures.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.bursts.uses import Uses


@dataclass(frozen=True)
class Picks:
    """Picked uses by subject, then time. `subjects` are those tested, `starts` bounds their picks."""

    subject: NDArray[np.int64]
    row: NDArray[np.int64]
    time: NDArray[np.int64]
    subjects: NDArray[np.int64]
    starts: NDArray[np.int64]

    @property
    def counts(self) -> NDArray[np.int64]:
        """Picks of each pick's own subject."""
        per = np.diff(self.starts)
        return np.repeat(per, per)

    @property
    def dense(self) -> NDArray[np.int64]:
        """The place of each pick's subject among `subjects`."""
        return np.repeat(np.arange(len(self.subjects)), np.diff(self.starts))


def picks(read: Columns, used: Uses, min_accounts: int) -> Picks:
    """The picks of subjects that at least `min_accounts` accounts used."""
    kept = _by_enough(used.subject, read.account[used.row], min_accounts)
    subject, row = used.subject[kept], used.row[kept]
    account, day = read.account[row], read.day[row]
    by_lot = np.lexsort((row, read.order[row], day, account, subject))
    subject, row, account, day = subject[by_lot], row[by_lot], account[by_lot], day[by_lot]
    first = np.ones(len(row), bool)
    first[1:] = (np.diff(subject) != 0) | (np.diff(account) != 0) | (np.diff(day) != 0)
    subject, row = subject[first], row[first]
    in_time = np.lexsort((row, subject))
    subject, row = subject[in_time], row[in_time]
    subjects, at = np.unique(subject, return_index=True)
    return Picks(subject, row, read.time[row], subjects, np.append(at, len(subject)).astype(np.int64))


def _by_enough(subject: NDArray[np.int64], account: NDArray[np.int64], least: int) -> NDArray[np.bool_]:
    """Which uses are of subjects with at least `least` distinct accounts."""
    if not len(subject):
        return np.zeros(0, bool)
    stride = int(account.max()) + 1
    pair = np.sort(subject * stride + account)
    pair = pair[np.append(True, np.diff(pair) != 0)]
    held = np.bincount(pair // stride, minlength=int(subject.max()) + 1)
    return held[subject] >= least
