"""The words that a sender alone wrote, for a whole family at once."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.letters.tokens import Words, quote, read_words

_SHARED_LETTERS = 3
_SHARED_SHARE = 0.02
_GAP_WORDS = 3
_RUN_WORDS = 5


def own_words(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """For each letter the runs of words, as written, that the family does not share.

    A word is shared when it stands in a word-3 shingle found in at least max(3, 2 %) of the letters (2 in a family of
    fewer than five). Gaps of up to three words inside own text are closed; runs of five words and more count.
    """
    distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    weights = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(weights, [distinct[text] for text in texts], 1)
    read = [read_words(text) for text in distinct]
    least = max(_SHARED_LETTERS if len(texts) >= 5 else 2, math.ceil(_SHARED_SHARE * len(texts)))
    shared = _shared_shingles(_shingle_hashes(read), weights, least)
    runs = [_own_runs(words, row) for words, row in zip(read, shared, strict=True)]
    return [runs[distinct[text]] for text in texts]


def _shingle_hashes(read: Sequence[Words]) -> list[NDArray[np.uint64]]:
    """64-bit hashes of each letter's word-3 shingles, by position."""
    numbers: dict[str, int] = {}
    rows = []
    for words in read:
        ids = np.array([numbers.setdefault(key, len(numbers) + 1) for key in words.keys], dtype=np.uint64)
        mixed = (ids[:-2] * np.uint64(0x9E3779B97F4A7C15)) ^ (ids[1:-1] * np.uint64(0xC2B2AE3D27D4EB4F))
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        rows.append(mixed + ids[2:] * np.uint64(0x94D049BB133111EB))
    return rows


def _shared_shingles(
    rows: Sequence[NDArray[np.uint64]], weights: NDArray[np.int64], least: int
) -> list[NDArray[np.bool_]]:
    """For each shingle of each letter whether at least `least` letters hold it."""
    once = [np.unique(row) for row in rows]
    hashes = np.concatenate([*once, np.zeros(0, dtype=np.uint64)])
    holders = np.repeat(weights, [len(row) for row in once])
    order = np.argsort(hashes, kind="stable")
    hashes, holders = hashes[order], holders[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.zeros(0, dtype=np.int64)
    counts = np.add.reduceat(holders, starts) if len(hashes) else holders
    frequent = hashes[starts][counts >= least]
    return [_holds(frequent, row) for row in rows]


def _holds(frequent: NDArray[np.uint64], row: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if not len(frequent):
        return np.zeros(len(row), dtype=np.bool_)
    at = np.minimum(np.searchsorted(frequent, row), len(frequent) - 1)
    held: NDArray[np.bool_] = frequent[at] == row
    return held


def _own_runs(words: Words, shared: NDArray[np.bool_]) -> tuple[str, ...]:
    """Runs of words outside shared shingles, small gaps closed."""
    own = np.ones(len(words.keys), dtype=np.bool_)
    for shift in range(3):
        own[shift : shift + len(shared)] &= ~shared
    places = np.flatnonzero(own)
    if not len(places):
        return ()
    cuts = np.flatnonzero(np.diff(places) > _GAP_WORDS + 1) + 1
    runs = [(int(run[0]), int(run[-1]) + 1) for run in np.split(places, cuts)]
    return tuple(quote(words, first, end) for first, end in runs if end - first >= _RUN_WORDS)
