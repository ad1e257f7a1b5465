"""Where each shingle of each letter stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.wordings import Wordings, positional_shingles


@dataclass(frozen=True)
class Positions:
    """Every shingle of every letter where it stands: its hash, its wording and its sentence; `starts` by wording.

    `rank` numbers the distinct hashes from 0 to `distinct`, lowest first.
    """

    hashes: NDArray[np.uint64]
    rank: NDArray[np.int64]
    distinct: int
    owner: NDArray[np.int64]
    sentence: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    letters: NDArray[np.int64]


def letter_positions(wordings: Wordings, letters: NDArray[np.int64], excluded: NDArray[np.uint64]) -> Positions:
    """The shingles of `letters` that lie within one sentence, without those in `excluded` (sorted 40-bit hashes)."""
    chosen = np.zeros(len(wordings), bool)
    chosen[letters] = True
    owner = np.repeat(np.arange(len(wordings)), wordings.lengths)
    hashes = positional_shingles(wordings.tokens, wordings.starts)
    keep = chosen[owner] & _within_a_sentence(wordings, owner)
    if len(excluded):
        at = np.minimum(np.searchsorted(excluded, hashes), len(excluded) - 1)
        keep &= excluded[at] != hashes
    counts = np.bincount(owner[keep], minlength=len(wordings)).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)])[:-1]
    hashes = hashes[keep]
    rank, distinct = _ranks(hashes)
    sentences = wordings.sentences[keep].astype(np.int64)
    return Positions(hashes, rank, distinct, owner[keep], sentences, starts, counts, letters)


def _ranks(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], int]:
    order = np.argsort(hashes)
    ordered = hashes[order]
    rank = np.empty(len(hashes), np.int64)
    rank[order] = np.cumsum(ordered != np.concatenate([ordered[:1], ordered[:-1]]))
    return rank, int(rank.max(initial=-1)) + 1


def _within_a_sentence(wordings: Wordings, owner: NDArray[np.int64]) -> NDArray[np.bool_]:
    # A shingle that reaches into the next sentence would count that sentence's wording twice.
    end = wordings.starts[1:][owner]
    first = np.clip(end - 3, 0, np.arange(len(owner)))
    return np.asarray(wordings.sentences[first] == wordings.sentences[np.minimum(first + 2, end - 1)])
