"""The place of a comment among the comments on a post, and how likely a sum of such early places is.

Were the accounts that comment on a post shuffled, each would hold any place with the same probability, post by post. A
place is cut into 32nds of the row; the sum's distribution is worked out exactly, by adding one post after another.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.significance import LEAST_P

PARTS = 32
# Sums beyond this share of the largest are no sign of haste: their p is left at 1.
_EARLY = 0.35
# More posts than these add nothing to a verdict.
_MOST_POSTS = 200


def places(post: NDArray[np.int64], latency: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each comment, its place in 32nds (0 is first) and the number of comments on its post.

    Comments in the same second share the latest of their places, which can only raise p.
    """
    order = np.lexsort((latency, post))
    _, group, size = np.unique(post, return_inverse=True, return_counts=True)
    stride = int(latency.max(initial=0)) + 1
    keys = group[order] * stride + latency[order]
    # How many comments on the same post are not later than this one.
    begins = np.concatenate([[0], np.cumsum(size)])[:-1]
    rank = np.empty(len(post), np.int64)
    rank[order] = np.searchsorted(keys, keys, side="right") - begins[group[order]]
    return (rank - 1) * PARTS // size[group], size[group].astype(np.int64)


def early(place: Sequence[int], size: Sequence[int]) -> float:
    """The probability that a shuffled account's places add up to no more than these; at most 200 posts are used."""
    total = sum(place[:_MOST_POSTS])
    posts = size[:_MOST_POSTS]
    if total > _EARLY * PARTS * len(posts):
        return 1.0
    mass = np.zeros(total + 1)
    mass[0] = 1.0
    for comments in sorted(posts):
        mass = np.convolve(mass, _one(comments))[: total + 1]
    return max(float(min(mass.sum(), 1.0)), LEAST_P)


@cache
def _one(comments: int) -> NDArray[np.float64]:
    """The distribution of a place on a post with so many comments."""
    held = np.bincount(np.arange(comments) * PARTS // comments, minlength=PARTS)
    return np.asarray(held / comments, dtype=np.float64)
