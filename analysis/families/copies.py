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
    flat = keys.ravel()
    order = np.argsort(flat, kind="stable")
    sorted_keys, owner = flat[order], order // bands
    pairs = []
    for step in range(1, links + 1):
        same = (sorted_keys[step:] == sorted_keys[:-step]) & (sorted_keys[step:] != 0)
        a, b = owner[:-step][same], owner[step:][same]
        pairs.append(np.minimum(a, b) * n + np.maximum(a, b))
    code = np.sort(np.concatenate(pairs)) if pairs else np.zeros(0, np.int64)
    code = code[np.concatenate([[True], code[1:] != code[:-1]])] if len(code) else code
    left, right = code // n, code % n
    return left[left != right], right[left != right]


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
