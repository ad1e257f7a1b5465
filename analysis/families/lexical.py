"""Units: wordings that share wording, by near-copy or by surprise, with the bits that hold each edge together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.families.background import Background, background
from analysis.families.copies import copy_edges, pieces
from analysis.families.membership import Membership
from analysis.families.overlap import chunks
from analysis.families.surprise import LEAST_WORDS, surprise_edges
from analysis.wordings import SHINGLE_BITS, Wordings, ranges

_MASK = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)
_CHUNK = 4_000_000
# Two of three shingles overlap, and words of one sentence help to foretell each other: a sixth of the sum is kept.
_INDEPENDENT_SHARE = 1 / 6


@dataclass(frozen=True)
class LexicalGraph:
    """Edges between wordings (left < right) with bits and, for near-copies, their Jaccard (else -1).

    `core` labels near-copies, `unit` all that hang together; `against` is the background of the bits of near-copies.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    bits: NDArray[np.float64]
    jaccard: NDArray[np.float64]
    core: NDArray[np.int64]
    unit: NDArray[np.int64]
    against: Background


def letters_among(wordings: Wordings) -> NDArray[np.int64]:
    """Wordings long enough for surprise bits: two sentences and LEAST_WORDS words."""
    long = np.flatnonzero(wordings.lengths >= LEAST_WORDS)
    # Sentences are numbered from 0 as they come, so the last word's number tells how many there are.
    return np.asarray(long[wordings.sentences[wordings.starts[1:][long] - 1] >= 1])


def copy_graph(wordings: Wordings, keys: NDArray[np.uint64], against: Background | None = None) -> LexicalGraph:
    """The graph of near-copies alone, judged against a background, by default the wordings' own."""
    held = Membership(wordings)
    left, right, jaccard = copy_edges(wordings, held, keys)
    core = pieces(len(wordings), left, right)
    told = against or background(wordings, core)
    return LexicalGraph(left, right, copy_bits(wordings, held, left, right, told), jaccard, core, core, told)


def lexical_graph(wordings: Wordings, keys: NDArray[np.uint64], excluded: NDArray[np.uint64]) -> LexicalGraph:
    """The graph of shared wording over all wordings."""
    n = len(wordings)
    held = Membership(wordings)
    left, right, jaccard = copy_edges(wordings, held, keys)
    core = pieces(n, left, right)
    against = background(wordings, core)
    bits = copy_bits(wordings, held, left, right, against)
    surprise = surprise_edges(wordings, held, letters_among(wordings), core, excluded)
    new = ~np.isin(surprise.left * n + surprise.right, left * n + right)
    left = np.concatenate([left, surprise.left[new]])
    right = np.concatenate([right, surprise.right[new]])
    bits = np.concatenate([bits, surprise.bits[new]])
    jaccard = np.concatenate([jaccard, np.full(int(new.sum()), -1.0)])
    return LexicalGraph(left, right, bits, jaccard, core, pieces(n, left, right), against)


def copy_bits(
    wordings: Wordings,
    held: Membership,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    against: Background,
) -> NDArray[np.float64]:
    """Surprise of what each pair of near-copies shares: a sixth of the summed -log2 share of cores with the shingle."""
    if not len(left):
        return np.zeros(0)
    result = np.zeros(len(left))
    order = np.argsort(right, kind="stable")
    for part in chunks(wordings.shingle_counts[left[order]], _CHUNK):
        chosen = order[part]
        counts = wordings.shingle_counts[left[chosen]]
        at = ranges(wordings.shingle_starts[left[chosen]], counts)
        pair = np.repeat(np.arange(len(chosen)), counts)
        hashes = wordings.shingles[at] & _MASK
        shared = held.holds(hashes | (right[chosen][pair].astype(np.uint64) << SHINGLE_BITS))
        gained = against.surprise(hashes[shared])
        result[chosen] = np.bincount(pair[shared], weights=gained, minlength=len(chosen))
    return result * _INDEPENDENT_SHARE


def self_bits(wordings: Wordings, chosen: NDArray[np.int64], against: Background) -> NDArray[np.float64]:
    """Surprise of a second message with exactly the same wording, for these wordings; the same sixth is kept."""
    counts = wordings.shingle_counts[chosen]
    owner = np.repeat(np.arange(len(chosen)), counts)
    surprise = against.surprise(wordings.shingles[ranges(wordings.shingle_starts[chosen], counts)] & _MASK)
    summed = np.bincount(owner, weights=surprise, minlength=len(chosen))
    return np.asarray(summed * _INDEPENDENT_SHARE, dtype=np.float64)
