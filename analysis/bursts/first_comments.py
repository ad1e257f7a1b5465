"""First comments: several accounts that are, post after post, among the first to answer the same author."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.bursts.comments import Comments
from analysis.bursts.haste import hastes
from analysis.bursts.pace import Paces, paces, quickness
from analysis.bursts.quicker import MOST_P, Quicker, quicker
from analysis.bursts.significance import false_discovery


@dataclass(frozen=True)
class Chorus:
    """Accounts that comment first on an author's posts: rows of their comments by time, median seconds, p and q.

    `expected` is how many of the author's commenters would be so by chance; of `unknown` accounts the pace with other
    authors is not known.
    """

    author: int
    rows: NDArray[np.int64]
    seconds: float
    expected: float
    unknown: int
    p: float
    q: float


def choruses(
    read: Columns, given: Comments, *, q_max: float, min_accounts: int, first_seconds: float
) -> tuple[list[Chorus], int]:
    """Authors with at least `min_accounts` hasty commenters, at q <= `q_max` over authors; how many were tested.

    p is of how many accounts are both early, were places by chance, and quicker than their own pace: each account goes
    with the larger of its two p.
    """
    haste = hastes(read, given, first_seconds=first_seconds)
    authors, starts, counts = np.unique(haste.author, return_index=True, return_counts=True)
    tested = counts >= min_accounts
    pieces = [
        (int(author), slice(start, start + count))
        for author, start, count in zip(authors[tested], starts[tested], counts[tested], strict=True)
    ]
    p = np.ones(len(pieces))
    held, judged = paces(read, given), dict[int, _Judged]()
    for at, (author, piece) in enumerate(pieces):
        if np.count_nonzero(haste.p[piece] <= MOST_P) < min_accounts:
            continue
        judged[at] = _judged(held, author, haste.account[piece], haste.p[piece], min_accounts)
        p[at] = judged[at].more.p
    q = false_discovery(p, len(p))
    found = [
        _chorus(read, given, pieces[at][0], judged[at], float(p[at]), float(q[at]))
        for at in judged
        if q[at] <= q_max and judged[at].more.members.any()
    ]
    return found, len(pieces)


def p_values(read: Columns, given: Comments, *, first_seconds: float) -> NDArray[np.float64]:
    """The larger p of every pair of account and author that was tested, for calibration."""
    haste, held = hastes(read, given, first_seconds=first_seconds), paces(read, given)
    p = haste.p.copy()
    for author in np.unique(haste.author):
        theirs = np.flatnonzero(haste.author == author)
        quick = quickness(held, int(author), haste.account[theirs], np.ones(len(theirs), bool))
        p[theirs] = np.maximum(p[theirs], quick.p)
    return p


@dataclass(frozen=True)
class _Judged:
    accounts: NDArray[np.int64]
    known: NDArray[np.bool_]
    more: Quicker


def _judged(held: Paces, author: int, accounts: NDArray[np.int64], p: NDArray[np.float64], least: int) -> _Judged:
    quick = quickness(held, author, accounts, p <= MOST_P)
    return _Judged(accounts, quick.known, quicker(quick, p, least))


def _chorus(read: Columns, given: Comments, author: int, judged: _Judged, p: float, q: float) -> Chorus:
    members = judged.accounts[judged.more.members]
    theirs = (read.account[given.post] == author) & np.isin(read.account[given.row], members)
    unknown = int((judged.more.members & ~judged.known).sum())
    seconds = float(np.median(given.latency[theirs]))
    return Chorus(author, np.sort(given.row[theirs]), seconds, judged.more.expected, unknown, p, q)
