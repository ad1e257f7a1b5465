"""Benign readings of a burst: it spreads from hand to hand, or everything is busier at that moment."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import DAY, Columns
from analysis.bursts.counting import hypergeometric_tail
from analysis.bursts.rhythm import EVERYTHING, Rhythm
from analysis.wordings import ranges

# Other days that must be in the data before the hours of the burst are called busier than theirs.
_LEAST_DAYS = 2
_DAYS_AROUND = 7
_SIGMAS = 3.0
_NEARLY_ALL, _MOST, _BY_CHANCE = 0.9, 0.5, 0.01
_LEAST_MARGIN = DAY // 2


def share_by_spreading(read: Columns, rows: NDArray[np.int64]) -> tuple[float, float]:
    """The share of accounts that only reposted or replied, and the share that did so with the same one message."""
    own, targets = set(), Counter[str]()
    pairs = set()
    for row in rows:
        message, account = read.messages[row], int(read.account[row])
        target = message.repost_of or message.reply_to
        if target is None:
            own.add(account)
        elif (account, target) not in pairs:
            pairs.add((account, target))
            targets[target] += 1
    everyone = own | {account for account, _ in pairs}
    most = max(targets.values(), default=0)
    return len(everyone - own) / len(everyone), most / len(everyone)


def tags_go_apart(read: Columns, rows: NDArray[np.int64], tags: Sequence[str]) -> bool:
    """Whether these hashtags meet in a row because each is much used while the burst lasts.

    A row that was handed out has a hashtag that is hardly met outside it. A row of two that everybody uses comes about
    by chance whenever the talk about one of them swells: then most who use the rarer do so in other company, or the two
    meet no more often than independent use among accounts that tag in these languages would have it (hypergeometric).
    """
    first, last = read.time[rows].min(), read.time[rows].max()
    users: dict[str, set[int]] = {tag.lstrip("#"): set() for tag in tags}
    if len(users) < 2:
        return False
    spoken = set(read.language[rows].tolist())
    tagging: set[int] = set()
    for row in np.flatnonzero((read.time >= first) & (read.time <= last)):
        if int(read.language[row]) not in spoken:
            continue
        used = read.messages[row].hashtags
        if used:
            tagging.add(int(read.account[row]))
        for tag in used:
            if tag in users:
                users[tag].add(int(read.account[row]))
    together = len(np.unique(read.account[rows]))
    rarest, *_, commonest = sorted(map(len, users.values()))
    if together >= _NEARLY_ALL * rarest:
        return False
    chance = hypergeometric_tail(together, len(tagging), commonest, rarest)
    return together < _MOST * rarest or chance > _BY_CHANCE


class Regulars:
    """Who posts about other things on other days; holds the messages of each account."""

    def __init__(self, read: Columns) -> None:
        self._read = read
        self._rows = np.argsort(read.account, kind="stable")
        self._starts = np.searchsorted(read.account[self._rows], np.arange(len(read.accounts) + 1))

    def share(self, rows: NDArray[np.int64], every_row: NDArray[np.int64]) -> float:
        """The share of the accounts of `rows` that have messages on other days, not among `every_row`."""
        everyone = np.unique(self._read.account[rows])
        first = self._starts[everyone]
        theirs = self._rows[ranges(first, self._starts[everyone + 1] - first)]
        other = np.isin(self._read.day[theirs], np.unique(self._read.day[rows]), invert=True)
        other &= np.isin(theirs, every_row, invert=True)
        return len(np.unique(self._read.account[theirs[other]])) / len(everyone)


def rise_of_everything(read: Columns, beat: Rhythm, window: NDArray[np.int64], without: NDArray[np.int64]) -> float:
    """How many times busier the rest of the data is in [start, end) than its surroundings and other days let expect.

    On the days around, the same hours have some part of what the hours about them have; that part of what surrounds the
    window is expected in it. So a week that is busier than the one before, or read more fully, is no rise. 0 where too
    few other days are there to say, or the rise is within what counts vary by. `without` are the rows of the burst's
    own subject.
    """
    margin = max(_LEAST_MARGIN, 2 * int(window[1] - window[0]))
    around = window + np.array([-margin, margin])
    days = [d for d in range(-_DAYS_AROUND, _DAYS_AROUND + 1) if d and _covered(read, around + d * DAY)]
    if len(days) < _LEAST_DAYS:
        return 0.0
    total = float(beat.weight.sum())

    def rest(at: NDArray[np.int64]) -> float:
        everything = np.zeros(2, np.int64) + EVERYTHING
        share = np.diff(beat.before(everything, at))[0] * total
        time = read.time[without]
        return float(share - beat.weight[without[(time >= at[0]) & (time < at[1])]].sum())

    inside = np.array([rest(window + d * DAY) for d in days])
    outside = np.array([rest(around + d * DAY) for d in days]) - inside
    now = rest(window)
    usual = float(inside.sum() / outside.sum()) * (rest(around) - now) if outside.sum() > 0 else 0.0
    return now / usual if usual > 0 and now > usual + _SIGMAS * np.sqrt(usual) else 0.0


def _covered(read: Columns, window: NDArray[np.int64]) -> bool:
    return bool(window[0] >= read.time[0] and window[1] <= read.time[-1])
