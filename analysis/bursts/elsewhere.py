"""What makes an account's pace known, and a word for the authors with whom unknown paces cannot be judged."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

# Posts of an author that an account must have commented on.
LEAST_POSTS = 5
# Comments on posts of other authors that make a pace known.
LEAST_ELSEWHERE = 10
# Accounts of known pace against which one of unknown pace can be held: with fewer it is never unlikely.
LEAST_OTHERS = 19
# Fewer accounts of unknown pace with one author are no group whose judging is missed.
_GROUP = 5


def unjudged(author: NDArray[np.int64], account: NDArray[np.int64]) -> Iterator[str]:
    """A note if there are authors with regular commenters and too few accounts of known pace; one row a comment."""
    if not len(author):
        return
    stride = int(account.max()) + 1
    pairs, counts = np.unique(author * stride + account, return_counts=True)
    authors, accounts = pairs // stride, pairs % stride
    in_all = np.bincount(account)
    elsewhere = in_all[accounts] - counts
    lost = (in_all[accounts] >= LEAST_ELSEWHERE) & (elsewhere < LEAST_ELSEWHERE)
    known = np.count_nonzero(in_all >= LEAST_ELSEWHERE) - np.bincount(authors, lost, minlength=int(author.max()) + 1)
    regular = (counts >= LEAST_POSTS) & (elsewhere < LEAST_ELSEWHERE)
    unknown = np.bincount(authors, regular, minlength=len(known))
    few = np.flatnonzero((unknown >= _GROUP) & (known < LEAST_OTHERS))
    if len(few):
        yield (
            f"for {len(few):,} of the authors answered, first comments of accounts whose pace elsewhere is unknown "
            f"could not be judged: fewer than {LEAST_OTHERS} have {LEAST_ELSEWHERE} comments on posts of other authors"
        )
