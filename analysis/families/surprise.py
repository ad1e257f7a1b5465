"""Surprise bits: letters that share more rare wording, in more sentences, than independent writers on one topic do.

bits(i, j) is -log2 of a bound on the probability that an independent letter shares as much rare wording with the
sentences of letter i as letter j does (evidence.py); the smaller of both directions counts. Among N letters an edge
asks for 2 log2 N - 1 + MARGIN_BITS bits, so that chance brings 2 ** -MARGIN_BITS edges in all, however large N is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.families.anchors import candidate_pairs
from analysis.families.copies import pieces
from analysis.families.evidence import bits, sentence_evidence
from analysis.families.membership import Membership
from analysis.families.overlap import shared_counts
from analysis.families.positions import Positions, letter_positions
from analysis.families.rare_wording import rare_pairs
from analysis.wordings import SHINGLE_BITS, Wordings, distinct

MARGIN_BITS = 0.0
LEAST_CONTAINMENT = 0.1
LEAST_WORDS = 25
LARGE_SHARE = 0.01
LARGE_LETTERS = 8
ALIKE_JACCARD = 0.2
LEAST_BACKGROUND = 50
_MASK = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)


@dataclass(frozen=True)
class SurpriseEdges:
    """Pairs of wordings (left < right) with their bits; `threshold` is what an edge had to reach."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    bits: NDArray[np.float64]
    threshold: float


def surprise_edges(
    wordings: Wordings,
    held: Membership,
    letters: NDArray[np.int64],
    cores: NDArray[np.int64],
    excluded: NDArray[np.uint64],
) -> SurpriseEdges:
    """Edges among `letters` (indices of wordings of two sentences or more).

    `cores` labels each wording's group of near-copies. Where a group of letters that are alike holds a large share of
    all, its wording is counted once, else the campaign would make itself look common. Frequencies are taken again
    outside what was found. `excluded` are shingles (40-bit hashes, sorted) of text that everyone may quote: they count
    for nothing.
    """
    if len(letters) < 3:
        return SurpriseEdges(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), 0.0)
    threshold = float(2 * np.log2(len(letters)) - 1 + MARGIN_BITS)
    positions = letter_positions(wordings, letters, excluded)
    alone = np.arange(len(wordings))
    flagged = np.zeros(len(wordings), bool)
    frequency = _frequencies(positions, alone)
    share, units = _shares(positions, alone, flagged, frequency)
    pairs = [rare_pairs(positions, frequency), candidate_pairs(positions, frequency, share, alone, units)]
    left, right, overlap = _sharing(wordings, held, pairs)
    alike = _alike(left[overlap >= ALIKE_JACCARD], right[overlap >= ALIKE_JACCARD], cores)
    if np.bincount(alike[letters]).max() >= max(LARGE_SHARE * len(letters), LARGE_LETTERS):
        often = _frequencies(positions, alike)
        share, units = _shares(positions, alike, flagged, often, least_units=len(letters))
        left, right, _ = _sharing(wordings, held, [*pairs, candidate_pairs(positions, often, share, alike, units)])
    first = _judged(held, positions, share, (left, right), threshold=threshold)
    flagged[first.left] = flagged[first.right] = True
    calm = _frequencies(positions, alone, ~flagged)
    outside, _ = _shares(positions, alone, flagged, calm, least_units=LEAST_BACKGROUND)
    second = _judged(held, positions, outside, (left, right), threshold=threshold)
    return _union(len(wordings), [first, second], threshold)


def _alike(left: NDArray[np.int64], right: NDArray[np.int64], cores: NDArray[np.int64]) -> NDArray[np.int64]:
    """A label per wording that joins near-copies, and these pairs of letters: one of them says how common it is."""
    first = np.unique(cores, return_index=True)[1][cores]
    return pieces(len(cores), np.concatenate([left, first]), np.concatenate([right, np.arange(len(cores))]))


def _sharing(
    wordings: Wordings, held: Membership, pairs: list[tuple[NDArray[np.int64], NDArray[np.int64]]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The distinct pairs that share a tenth of the shorter one's wording, and their Jaccard similarity."""
    left, right = _distinct_pairs(len(wordings), pairs)
    shared, counts = shared_counts(wordings, held, left, right), wordings.shingle_counts
    keep = shared >= LEAST_CONTAINMENT * np.minimum(counts[left], counts[right])
    left, right, shared = left[keep], right[keep], shared[keep]
    return left, right, shared / (counts[left] + counts[right] - shared)


def _judged(
    held: Membership,
    positions: Positions,
    share: NDArray[np.float64],
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    *,
    threshold: float,
) -> SurpriseEdges:
    """The pairs that reach the threshold in both directions."""
    left, right = pairs
    evidence = sentence_evidence(positions, share, np.union1d(left, right))
    there = bits(held, evidence, left, right)
    keep = there >= threshold
    left, right, there = left[keep], right[keep], there[keep]
    there = np.minimum(there, bits(held, evidence, right, left))
    keep = there >= threshold
    return SurpriseEdges(left[keep], right[keep], there[keep], threshold)


def _distinct_pairs(
    n: int, pairs: list[tuple[NDArray[np.int64], NDArray[np.int64]]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    code = np.sort(np.concatenate([left * np.int64(n) + right for left, right in pairs]))
    code = code[np.concatenate([[True], code[1:] != code[:-1]])] if len(code) else code
    return code // n, code % n


def _frequencies(
    positions: Positions, unit: NDArray[np.int64], counted: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """Per position: in how many units its shingle stands, told by the wordings that are `counted` (None: all)."""
    owner, rank = positions.owner, positions.rank
    if counted is not None:
        inside = counted[owner]
        owner, rank = owner[inside], rank[inside]
    held = distinct((unit[owner].astype(np.uint64) << SHINGLE_BITS) | rank.astype(np.uint64)) & _MASK
    return np.bincount(held.astype(np.int64), minlength=positions.distinct)[positions.rank]


def _shares(
    positions: Positions,
    unit: NDArray[np.int64],
    flagged: NDArray[np.bool_],
    used: NDArray[np.int64],
    *,
    least_units: int = 0,
) -> tuple[NDArray[np.float64], int]:
    """Per position the share of unflagged units that use its shingle, and how many units these are.

    With few units left the share is told as of `least_units`: what is not seen among ten letters is not thereby common.
    """
    units = len(np.unique(unit[positions.letters[~flagged[positions.letters]]]))
    units = max(units, least_units)
    return np.minimum((used + 1) / (units + 1), 1.0), units


def _union(n: int, edges: list[SurpriseEdges], threshold: float) -> SurpriseEdges:
    code = np.concatenate([e.left * np.int64(n) + e.right for e in edges])
    gained = np.concatenate([e.bits for e in edges])
    order = np.lexsort((-gained, code))
    code, gained = code[order], gained[order]
    first = np.concatenate([[True], code[1:] != code[:-1]]) if len(code) else np.zeros(0, bool)
    return SurpriseEdges(code[first] // n, code[first] % n, gained[first], threshold)
