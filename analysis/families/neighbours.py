"""Nearest neighbours by cosine among unit vectors: exact while cheap, HNSW beyond (Malkov and Yashunin 2018)."""

import numpy as np
from numpy.typing import NDArray
from usearch.index import Index

EXACT_UP_TO = 20_000
_BLOCK = 1_024


def nearest(
    vectors: NDArray[np.float32], k: int, *, exact_up_to: int = EXACT_UP_TO
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """For each vector its k nearest others, shape (n, k), nearest first, and their cosines; -1 and -1.0 pad."""
    n = len(vectors)
    ids = np.full((n, k), -1, np.int64)
    cosines = np.full((n, k), -1.0, np.float32)
    if n < 2:
        return ids, cosines
    found = _exact if n <= exact_up_to else _approximate
    for start, near, cos in found(vectors, min(k, n - 1)):
        ids[start : start + len(near), : near.shape[1]] = near
        cosines[start : start + len(near), : near.shape[1]] = cos
    return ids, cosines


Blocks = list[tuple[int, NDArray[np.int64], NDArray[np.float32]]]


def _exact(vectors: NDArray[np.float32], k: int) -> Blocks:
    blocks = []
    for start in range(0, len(vectors), _BLOCK):
        cosine = vectors[start : start + _BLOCK] @ vectors.T
        cosine[np.arange(len(cosine)), np.arange(start, start + len(cosine))] = -2.0
        near = np.argpartition(-cosine, k - 1, axis=1)[:, :k]
        blocks.append((start, *_ordered(near.astype(np.int64), np.take_along_axis(cosine, near, axis=1))))
    return blocks


def _approximate(vectors: NDArray[np.float32], k: int) -> Blocks:
    index = Index(
        ndim=vectors.shape[1], metric="ip", dtype="f16", connectivity=16, expansion_add=96, expansion_search=96
    )
    index.add(np.arange(len(vectors), dtype=np.uint64), vectors)
    blocks = []
    for start in range(0, len(vectors), _BLOCK):
        rows = vectors[start : start + _BLOCK]
        hits = index.search(rows, k + 1).keys.astype(np.int64)
        own = hits == np.arange(start, start + len(rows))[:, None]
        # The vector itself is almost always among its hits; where it is not, the farthest goes instead.
        own[~own.any(axis=1), -1] = True
        near = hits[~own].reshape(len(rows), -1)
        cosine = np.einsum("ijk,ik->ij", vectors[near], rows)
        blocks.append((start, *_ordered(near, cosine)))
    return blocks


def _ordered(near: NDArray[np.int64], cosine: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    order = np.lexsort((near, -cosine), axis=1)
    return np.take_along_axis(near, order, axis=1), np.take_along_axis(cosine, order, axis=1)
