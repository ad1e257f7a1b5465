"""Copies: wordings that share half of their word-3 shingles, found through MinHash band keys."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.families.membership import Membership
from analysis.families.overlap import jaccard
from analysis.wordings import Wordings

COPY_JACCARD = 0.5
_LINKS = 4


def bucket_pairs(keys: NDArray[np.uint64], links: int = _LINKS) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Candidate pairs (left < right): each wording with the next `links` that share one of its keys.

    A bucket of m wordings gives at most m * links pairs, so a letter sent 50,000 times stays linear; the bands of a
    pair differ, so what one bucket leaves out another brings.
    """
    n, bands = keys.shape
    pairs = [np.zeros(0, np.int64)]
    for band in range(bands):
        shared, owner = _shared(keys[:, band])
        for step in range(1, links + 1):
            same = shared[step:] == shared[:-step]
            pairs.append(owner[:-step][same] * n + owner[step:][same])
    code = np.unique(np.concatenate(pairs))
    return code // n, code % n


def _shared(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The keys that several wordings have, and which: by key, then by wording. The key 0 means no key."""
    order = np.argsort(keys)
    ordered = keys[order]
    if not len(keys):
        return ordered, order
    again = ordered[1:] == ordered[:-1]
    kept = (np.append(again, False) | np.append(False, again)) & (ordered != 0)
    ordered, owner = ordered[kept], order[kept]
    by_wording = np.lexsort((owner, ordered))
    return ordered[by_wording], owner[by_wording]


def copy_edges(
    wordings: Wordings, held: Membership, keys: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of wordings with Jaccard >= COPY_JACCARD: left, right, similarity."""
    left, right = bucket_pairs(keys)
    similarity = jaccard(wordings, held, left, right)
    keep = similarity >= COPY_JACCARD
    return left[keep], right[keep], similarity[keep]


def pieces(n: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Connected pieces of a graph over n wordings, as a label per wording."""
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
