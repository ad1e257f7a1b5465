"""Whether an account is quicker with one author than its pace with the others lets one expect.

An account with at least ten comments on posts of other authors has a pace that is known: its comments here and
elsewhere are exchangeable, and the p of their ranks is exact (Mann and Whitney 1947). With fewer the pace is unknown:
such an account is held against the paces of the accounts that are known, as one drawn from among them.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.bursts.comments import Comments
from analysis.bursts.company import lateness
from analysis.bursts.elsewhere import LEAST_ELSEWHERE
from analysis.bursts.significance import LEAST_P
from analysis.bursts.standing import Sums, p_among

# More comments than these, here or elsewhere, add nothing to a verdict.
_MOST_COMMENTS = 50
# As many accounts of known pace, drawn by lot, say what paces there are.
_MOST_OTHERS = 2_000
_SEED = 20_261_201


@dataclass(frozen=True)
class Paces:
    """Comments by account, within an account by lot: author answered and lateness; `starts` of each account.

    `by_author` are the same comments by author. `sums` are of every account, `others` those to hold accounts against.
    """

    author: NDArray[np.int64]
    account: NDArray[np.int64]
    lateness: NDArray[np.float64]
    starts: NDArray[np.int64]
    by_author: NDArray[np.int64]
    sums: Sums
    others: NDArray[np.int64]


@dataclass(frozen=True)
class Quickness:
    """p of each account with one author, whether its pace is known, and the number of `others` it was held against."""

    p: NDArray[np.float64]
    known: NDArray[np.bool_]
    others: int


def paces(read: Columns, given: Comments) -> Paces:
    """The lateness of every comment."""
    late = lateness(given.latency, given.post, read.account[given.row])
    order = np.lexsort((given.row, read.order[given.row], read.account[given.row]))
    author, account, late = read.account[given.post][order], read.account[given.row][order], late[order]
    sums = Sums.of(account, late, len(read.accounts))
    known = np.flatnonzero(sums.count >= LEAST_ELSEWHERE)
    drawn = np.random.default_rng(_SEED).permutation(known)[:_MOST_OTHERS]
    starts = np.searchsorted(account, np.arange(len(read.accounts) + 1))
    return Paces(author, account, late, starts, np.argsort(author, kind="stable"), sums, np.sort(drawn))


def quickness(held: Paces, author: int, accounts: NDArray[np.int64], asked: NDArray[np.bool_]) -> Quickness:
    """p of these accounts (sorted), which have comments on posts of `author`; 1 for those not `asked` about."""
    first, last = np.searchsorted(held.author, [author, author + 1], sorter=held.by_author)
    rows = held.by_author[first:last]
    commenting, group = np.unique(held.account[rows], return_inverse=True)
    here = Sums.of(group, held.lateness[rows], len(commenting))
    place = np.searchsorted(commenting, accounts)
    known = held.sums.count[accounts] - here.count[place] >= LEAST_ELSEWHERE
    p = np.ones(len(accounts))
    for at in np.flatnonzero(known & asked):
        p[at] = _against_itself(held, author, int(accounts[at]))
    others = _elsewhere(held, commenting, here)
    unknown = ~known & asked
    p[unknown] = p_among(here[place[unknown]], others)
    return Quickness(p, known, len(others.count))


def _elsewhere(held: Paces, commenting: NDArray[np.int64], here: Sums) -> Sums:
    """The sums of the accounts of known pace, without the author whose commenters have the sums `here`."""
    _, at, among = np.intersect1d(held.others, commenting, assume_unique=True, return_indices=True)
    left = held.sums[held.others].less(at, here[among])
    return left[left.count >= LEAST_ELSEWHERE]


def _against_itself(held: Paces, author: int, account: int) -> float:
    theirs = slice(held.starts[account], held.starts[account + 1])
    late, at_author = held.lateness[theirs], held.author[theirs] == author
    here, there = late[at_author][:_MOST_COMMENTS], np.sort(late[~at_author][:_MOST_COMMENTS])
    not_later = int(np.searchsorted(there, here, side="right").sum())
    return max(float(_ranks(len(here), len(there))[: not_later + 1].sum()), LEAST_P)


@cache
def _ranks(here: int, there: int) -> NDArray[np.float64]:
    """The distribution of the number of pairs in which the comment elsewhere is no later, were there no difference."""
    mass = np.zeros(here * there + 1)
    if not here or not there:
        mass[0] = 1.0
        return mass
    # The latest of all is one here, after all those elsewhere, or one elsewhere.
    mass[there:] += here / (here + there) * _ranks(here - 1, there)
    mass[: here * (there - 1) + 1] += there / (here + there) * _ranks(here, there - 1)
    return mass
