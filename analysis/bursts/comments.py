"""Comments on posts that are in the data: who answered whom, how many seconds later, one an account and post."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.bursts.elsewhere import unjudged

# On posts with fewer comments it says little to be among the first.
LEAST_COMMENTS = 5


@dataclass(frozen=True)
class Comments:
    """Each account's first comment on each post: row of comment and post, seconds between them."""

    row: NDArray[np.int64]
    post: NDArray[np.int64]
    latency: NDArray[np.int64]


def comments(read: Columns) -> tuple[Comments, tuple[str, ...]]:
    """Comments of others on posts with at least five; notes say what could not be placed."""
    wanted = {m.reply_to for m in read.messages if m.reply_to}
    place = {m.id: row for row, m in enumerate(read.messages) if m.id in wanted}
    answers = [(row, place.get(m.reply_to, -1)) for row, m in enumerate(read.messages) if m.reply_to]
    table = np.array(answers, dtype=np.int64).reshape(-1, 2)
    there = table[table[:, 1] >= 0]
    fine = np.fromiter((m.published_precision == "second" for m in read.messages), bool, len(read))
    exact = there[fine[there[:, 0]] & fine[there[:, 1]]]
    later = exact[read.time[exact[:, 0]] >= read.time[exact[:, 1]]]
    others = later[read.account[later[:, 0]] != read.account[later[:, 1]]]
    given = _first_of_each(read, others)
    notes = (
        *_notes(len(read), table, there, exact, later),
        *unjudged(read.account[given.post], read.account[given.row]),
    )
    return given, notes


def _first_of_each(read: Columns, table: NDArray[np.int64]) -> Comments:
    row, post = table[:, 0], table[:, 1]
    order = np.lexsort((row, read.account[row], post))
    row, post = row[order], post[order]
    first = np.ones(len(row), bool)
    first[1:] = (np.diff(post) != 0) | (np.diff(read.account[row]) != 0)
    row, post = row[first], post[first]
    _, group, size = np.unique(post, return_inverse=True, return_counts=True)
    enough = size[group] >= LEAST_COMMENTS if len(post) else np.zeros(0, bool)
    row, post = row[enough], post[enough]
    return Comments(row, post, read.time[row] - read.time[post])


def _notes(
    messages: int,
    answers: NDArray[np.int64],
    there: NDArray[np.int64],
    exact: NDArray[np.int64],
    later: NDArray[np.int64],
) -> Iterator[str]:
    if not messages:
        return
    if not len(answers):
        yield "no message says what it answers: first comments could not be judged"
    if len(there) < len(answers):
        lost = len(answers) - len(there)
        yield f"{lost:,} of {len(answers):,} comments answer a message that is not in the data: their haste is unknown"
    if len(exact) < len(there):
        yield f"{len(there) - len(exact):,} comments or their posts are not timed to the second: their haste is unknown"
    if len(later) < len(exact):
        yield f"{len(exact) - len(later):,} comments are dated before what they answer: their clocks are not trusted"
