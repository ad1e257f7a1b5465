"""Switching on: which links, families, hashtags and channels were used by many accounts against their rhythm."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import DAY, Columns
from analysis.bursts.picks import Picks, picks
from analysis.bursts.rhythm import Rhythm, rhythm
from analysis.bursts.scan import Windows, scan, tail
from analysis.bursts.significance import LEAST_P, false_discovery
from analysis.bursts.uses import Uses
from analysis.finding import Subject

# A subject in this share of all account-days has nothing beside it to be held against.
_MOST_OF_IT = 0.5


@dataclass(frozen=True)
class Switch:
    """A subject that switched on: `rows` are its messages in the window, `every_row` all of them, by time.

    `expected` is how many accounts the rhythm puts into the window besides the one that begins it.
    """

    subject: Subject
    value: str
    rows: NDArray[np.int64]
    every_row: NDArray[np.int64]
    length: int
    expected: float
    p: float
    q: float


@dataclass(frozen=True)
class Switches:
    """What switched on against which rhythm, how many subjects were tested, and what could not be judged."""

    found: list[Switch]
    beat: Rhythm
    tested: int
    notes: tuple[str, ...]


def switches(read: Columns, used: Uses, *, q_max: float, min_accounts: int) -> Switches:
    """Subjects whose best window holds at least `min_accounts` accounts, at q <= `q_max` over all that were tested."""
    beat = rhythm(read)
    picked = picks(read, used, min_accounts)
    windows = scan(picked, beat, min_accounts)
    p = _by_accounts(read, picked, windows, min_accounts)
    q = false_discovery(p, len(picked.subjects))
    found = [_switch(read, used, windows, int(at), float(p[at]), float(q[at])) for at in np.flatnonzero(q <= q_max)]
    return Switches(found, beat, len(picked.subjects), tuple(_overwhelming(picked, beat, used)))


def p_values(read: Columns, used: Uses, *, min_accounts: int) -> NDArray[np.float64]:
    """The p of every subject tested, for calibration."""
    picked = picks(read, used, min_accounts)
    windows = scan(picked, rhythm(read), min_accounts)
    p = np.ones(len(picked.subjects))
    p[np.searchsorted(picked.subjects, windows.subject)] = _by_accounts(read, picked, windows, min_accounts)
    return p


def _by_accounts(read: Columns, picked: Picks, windows: Windows, least: int) -> NDArray[np.float64]:
    """p with an account counted once where the window runs over midnight and holds two picks of it.

    A window with fewer than `least` accounts is no burst: p is 1.
    """
    p = windows.p.copy()
    over = windows.start % DAY + windows.length > DAY
    places = np.searchsorted(picked.subjects, windows.subject)
    for at in np.flatnonzero(over):
        first, last = picked.starts[places[at]], picked.starts[places[at] + 1]
        inside = np.arange(first, last)[
            (picked.time[first:last] >= windows.start[at])
            & (picked.time[first:last] < windows.start[at] + windows.length[at])
        ]
        accounts = len(np.unique(read.account[picked.row[inside]]))
        again = tail(np.array([accounts]), windows.expected[at : at + 1], np.array([last - first]))[0]
        p[at] = again if accounts >= least else 1.0
    return np.maximum(p, LEAST_P)


def _switch(read: Columns, used: Uses, windows: Windows, at: int, p: float, q: float) -> Switch:
    number, start, length = int(windows.subject[at]), int(windows.start[at]), int(windows.length[at])
    first, last = np.searchsorted(used.subject, [number, number + 1])
    every = used.row[first:last]
    time = read.time[every]
    rows = every[(time >= start) & (time < start + length)]
    subject, value = used.names[number]
    return Switch(subject, value, rows, every, length, float(windows.expected[at]), p, q)


def _overwhelming(picked: Picks, beat: Rhythm, used: Uses) -> Iterator[str]:
    days = np.diff(picked.starts)
    most = np.flatnonzero(days > _MOST_OF_IT * beat.weight.sum())
    if len(most):
        names = ", ".join(sorted(used.names[int(picked.subjects[at])][1] for at in most)[:3])
        yield f"most accounts use {names} on most days: there is nothing beside it to hold its rhythm against"
