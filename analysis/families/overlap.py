"""Exact word-3 Jaccard of many pairs of wordings at once."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.families.membership import Membership
from analysis.wordings import SHINGLE_BITS, Wordings, ranges

_MASK = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)
_CHUNK = 4_000_000


def shared_counts(
    wordings: Wordings, held: Membership, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many distinct shingles each pair shares."""
    counts = wordings.shingle_counts
    swap = counts[left] > counts[right]
    small, large = np.where(swap, right, left), np.where(swap, left, right)
    order = np.argsort(large, kind="stable")
    result = np.zeros(len(left), np.int64)
    for part in chunks(counts[small[order]], _CHUNK):
        chosen = order[part]
        result[chosen] = _count(wordings, held, small[chosen], large[chosen])
    return result


def jaccard(
    wordings: Wordings, held: Membership, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Jaccard similarity of the shingle sets of each pair, 0 to 1."""
    shared = shared_counts(wordings, held, left, right)
    counts = wordings.shingle_counts
    union = counts[left] + counts[right] - shared
    return np.asarray(shared / np.maximum(union, 1), dtype=np.float64)


def chunks(sizes: NDArray[np.int64], most: int) -> list[slice]:
    """Slices over the items such that the sizes within one add up to about `most`."""
    if not len(sizes):
        return []
    group = np.cumsum(sizes) // most
    cuts = np.flatnonzero(np.diff(group)) + 1
    bounds = [0, *cuts.tolist(), len(sizes)]
    return [slice(a, b) for a, b in pairwise(bounds)]


def _count(
    wordings: Wordings, held: Membership, small: NDArray[np.int64], large: NDArray[np.int64]
) -> NDArray[np.int64]:
    sizes = wordings.shingle_counts[small]
    pair = np.repeat(np.arange(len(small)), sizes)
    wanted = wordings.shingles[ranges(wordings.shingle_starts[small], sizes)] & _MASK
    wanted |= large[pair].astype(np.uint64) << SHINGLE_BITS
    return np.bincount(pair[held.holds(wanted)], minlength=len(small)).astype(np.int64)
