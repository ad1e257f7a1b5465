"""First comments: several accounts that are, post after post, among the first to answer the same author."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.bursts.comments import Comments
from analysis.bursts.places import early, places
from analysis.bursts.significance import false_discovery

# Posts of an author that an account must have commented on.
LEAST_POSTS = 5


@dataclass(frozen=True)
class Chorus:
    """Accounts that comment first on an author's posts: rows of their comments by time, median seconds, p and q.

    `expected` is how many of the author's commenters would be as early by chance.
    """

    author: int
    rows: NDArray[np.int64]
    seconds: float
    expected: float
    p: float
    q: float


@dataclass(frozen=True)
class Haste:
    """Of each pair of account and author that was tested: p, and 1 where its comments do not come within seconds."""

    author: NDArray[np.int64]
    account: NDArray[np.int64]
    p: NDArray[np.float64]


def choruses(
    read: Columns, given: Comments, *, q_max: float, min_accounts: int, first_seconds: float
) -> tuple[list[Chorus], int]:
    """Authors with at least `min_accounts` hasty commenters, at q <= `q_max` over authors; how many were tested.

    p is that of the partial conjunction "at least `min_accounts` of the tested accounts are early" (Benjamini and
    Heller 2008), in the form that holds whatever depends on what.
    """
    haste = hastes(read, given, first_seconds=first_seconds)
    authors, starts, counts = np.unique(haste.author, return_index=True, return_counts=True)
    tested = counts >= min_accounts
    authors, starts, counts = authors[tested], starts[tested], counts[tested]
    pieces = [haste.p[start : start + count] for start, count in zip(starts, counts, strict=True)]
    p = np.array([_at_least(piece, min_accounts) for piece in pieces])
    q = false_discovery(p, len(p))
    found = []
    for at in np.flatnonzero(q <= q_max):
        members = haste.account[starts[at] : starts[at] + counts[at]]
        found.append(_chorus(read, given, int(authors[at]), members, pieces[at], (float(p[at]), float(q[at])), q_max))
    return found, len(authors)


def hastes(read: Columns, given: Comments, *, first_seconds: float, least_posts: int = LEAST_POSTS) -> Haste:
    """Pairs of account and author with at least `least_posts` posts, by author then account."""
    place, size = places(given.post, given.latency)
    author, account = read.account[given.post], read.account[given.row]
    # Within a pair by lot, so that the posts used of a pair with very many are a sample.
    order = np.lexsort((given.row, read.order[given.row], account, author))
    author, account, place, size = author[order], account[order], place[order], size[order]
    latency = given.latency[order]
    change = np.flatnonzero(np.append(True, (np.diff(author) != 0) | (np.diff(account) != 0))) if len(order) else order
    ends = np.append(change[1:], len(order)).astype(np.int64)
    enough = ends - change >= least_posts
    change, ends = change[enough], ends[enough]
    p = np.ones(len(change))
    for at, (start, end) in enumerate(zip(change, ends, strict=True)):
        if np.median(latency[start:end]) <= first_seconds:
            p[at] = early(place[start:end].tolist(), size[start:end].tolist())
    return Haste(author[change], account[change], p)


def _at_least(p: NDArray[np.float64], number: int) -> float:
    return float(min(1.0, (len(p) - number + 1) * np.sort(p)[number - 1]))


def _chorus(
    read: Columns,
    given: Comments,
    author: int,
    accounts: NDArray[np.int64],
    p: NDArray[np.float64],
    chance: tuple[float, float],
    q_max: float,
) -> Chorus:
    members = accounts[false_discovery(p, len(p)) <= q_max]
    theirs = (read.account[given.post] == author) & np.isin(read.account[given.row], members)
    latest = float(p[np.isin(accounts, members)].max())
    seconds = float(np.median(given.latency[theirs]))
    return Chorus(author, np.sort(given.row[theirs]), seconds, latest * len(p), *chance)
