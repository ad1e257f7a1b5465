"""Distinct wordings as flat arrays: tokens, sentences and word-3 shingles, ready for vectorised comparison."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from analysis.normal_form import STOP, words_and_stops

SHINGLE_BITS = np.uint64(40)
_SHINGLE_MASK = np.uint64((1 << 40) - 1)
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


@dataclass(frozen=True)
class Wordings:
    """n wordings. `tokens` are 64-bit hashes, wording i owning tokens[starts[i]:starts[i + 1]]; `sentences` numbers the
    sentence of each token within its wording; `shingles` holds wording << 40 | hash, sorted and distinct; wording i
    owning shingles[shingle_starts[i]:shingle_starts[i + 1]].
    """

    tokens: NDArray[np.uint64]
    starts: NDArray[np.int64]
    sentences: NDArray[np.int32]
    shingles: NDArray[np.uint64]
    shingle_starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words per wording."""
        return np.diff(self.starts)

    @property
    def shingle_counts(self) -> NDArray[np.int64]:
        """Distinct shingles per wording."""
        return np.diff(self.shingle_starts)


class TokenHashes(dict[str, int]):
    """Word to 64-bit hash, computed once per word; the same in every process and on every machine."""

    def __missing__(self, token: str) -> int:
        if token == STOP:
            value = 0
        else:
            digest = hashlib.blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            value = int.from_bytes(digest, "little") | 1
        self[token] = value
        return value


def token_hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """All tokens of all texts, flat, 0 where a sentence ends, and how many belong to each text."""
    table = TokenHashes()
    lists = [words_and_stops(text) for text in texts]
    counts = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    flat = np.fromiter(map(table.__getitem__, chain.from_iterable(lists)), dtype=np.uint64, count=int(counts.sum()))
    return flat, counts


def wordings(texts: Sequence[str]) -> Wordings:
    """The wordings of the texts, one each, in the order given."""
    return from_hashes(*token_hashes(texts))


def from_hashes(flat: NDArray[np.uint64], counts: NDArray[np.int64]) -> Wordings:
    """Wordings from what `token_hashes` gave."""
    owner = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    stop = flat == 0
    passed = np.cumsum(stop, dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(counts)])[:-1]
    before = np.where(first > 0, passed[np.maximum(first - 1, 0)], 0) if len(flat) else np.zeros(len(counts), np.int64)
    word = ~stop
    tokens, token_owner = flat[word], owner[word]
    sentences = (passed[word] - before[token_owner]).astype(np.int32)
    lengths = np.bincount(token_owner, minlength=len(counts)).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    shingles = distinct(positional_shingles(tokens, starts) | (token_owner.astype(np.uint64) << SHINGLE_BITS))
    owners = (shingles >> SHINGLE_BITS).astype(np.int64)
    shingle_starts = np.searchsorted(owners, np.arange(len(counts) + 1)).astype(np.int64)
    return Wordings(tokens, starts, sentences, shingles, shingle_starts)


def distinct(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The distinct values, sorted; many times faster than a hash-based unique on 64-bit integers."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def places_in(table: NDArray[np.uint64], asked: NDArray[np.uint64]) -> NDArray[np.int64]:
    """`np.searchsorted(table, asked)`, for many values: those asked in order, since a search from place to place in a
    table that no cache holds takes ten times as long.
    """
    order = np.argsort(asked)
    places = np.empty(len(asked), np.int64)
    places[order] = np.searchsorted(table, asked[order])
    return places


def ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The concatenation of range(start, start + count) over all."""
    total = int(counts.sum())
    offset = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)])[:-1], counts)
    return np.asarray(np.arange(total, dtype=np.int64) + offset, dtype=np.int64)


def bounds(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of `counts` starts, and where the last ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def positional_shingles(tokens: NDArray[np.uint64], starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """For each token the 40-bit hash of it and the two that follow.

    The last two tokens of a wording repeat its last full shingle; a wording of one or two words has one shingle.
    """
    if not len(tokens):
        return np.zeros(0, np.uint64)
    lengths = np.diff(starts)
    last = np.repeat(np.maximum(starts[1:] - 3, starts[:-1]), lengths)
    end = np.repeat(starts[1:], lengths)
    at = np.minimum(np.arange(len(tokens)), last)
    mixed = np.zeros(len(tokens), np.uint64)
    for step, multiplier in enumerate(_MULTIPLIERS):
        position = at + step
        token = np.where(position < end, tokens[np.minimum(position, len(tokens) - 1)], np.uint64(0))
        mixed = (mixed ^ token) * multiplier
        mixed ^= mixed >> np.uint64(29)
    return mixed & _SHINGLE_MASK
