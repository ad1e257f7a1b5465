"""The k best of many scores per query, ties by the order of the candidates: the same result however it is reached."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Ranked = NDArray[np.uint64]

_LOW = np.uint64(0xFFFFFFFF)


def ranked(scores: Scores, first: int) -> Ranked:
    """Each score and its candidate's position (from `first` on) as one number: higher is better, then earlier."""
    bits = np.ascontiguousarray(scores, np.float32).view(np.uint32)
    ordered = np.where(bits >> 31, ~bits, bits | np.uint32(0x80000000)).astype(np.uint64)
    return (ordered << np.uint64(32)) | (_LOW - np.arange(first, first + scores.shape[1], dtype=np.uint64))


def best(candidates: Ranked, k: int) -> Ranked:
    """The k highest of each row, in no order."""
    if candidates.shape[1] <= k:
        return candidates
    return np.partition(candidates, candidates.shape[1] - k, axis=1)[:, -k:]


def unranked(candidates: Ranked) -> tuple[NDArray[np.int64], Scores]:
    """Positions and scores of each row, best first."""
    down = np.sort(candidates, axis=1)[:, ::-1]
    ordered = (down >> np.uint64(32)).astype(np.uint32)
    bits = np.where(ordered >> 31, ordered ^ np.uint32(0x80000000), ~ordered)
    return (_LOW - (down & _LOW)).astype(np.int64), bits.view(np.float32)
