"""How early an account is among the comments on an author's posts, were its places there by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.bursts.comments import Comments
from analysis.bursts.elsewhere import LEAST_POSTS
from analysis.bursts.places import early, places


@dataclass(frozen=True)
class Haste:
    """Of each pair of account and author that was tested: p, and 1 where its comments do not come within seconds."""

    author: NDArray[np.int64]
    account: NDArray[np.int64]
    p: NDArray[np.float64]


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
