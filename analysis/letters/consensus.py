"""The word sequence that letters share: star alignment to the medoid, then a vote."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from analysis.letters.matching import drop_islands, lay_along

_NEIGHBOURHOOD = 8
_NEAR_SHARE = 0.25
_FLOOR = 0.5
_DEPTH = 3


def medoid(coded: Sequence[str], votes: NDArray[np.float64], sample: int) -> int:
    """Index of the sequence nearest to the first `sample` ones (Indel similarity, weighted); the earliest on a tie."""
    head = list(coded[:sample])
    if len(head) == 1:
        return 0
    similarity = cdist(head, head, scorer=Indel.normalized_similarity, dtype=np.float64)
    return int(np.argmax(np.round(similarity @ votes[: len(head)], 9)))


def support_of(laid: NDArray[np.int64], votes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Support of each reference word among the letters that hold its neighbourhood, 0 to 1.

    A sender who leaves out a paragraph does not vote on its words, nor do chance words of own text count as the
    paragraph; a word that fewer than half of all letters hold has no support.
    """
    width = laid.shape[1]
    solid = np.zeros((laid.shape[0], width + 1), dtype=np.int32)
    np.cumsum([[place >= 0 for place in drop_islands(row)] for row in laid.tolist()], axis=1, out=solid[:, 1:])
    first = np.maximum(np.arange(width) - _NEIGHBOURHOOD, 0)
    end = np.minimum(np.arange(width) + _NEIGHBOURHOOD + 1, width)
    voters = solid[:, end] - solid[:, first] >= np.maximum(_NEAR_SHARE * (end - first), 1)
    yes = votes @ (voters & (laid >= 0))
    support: NDArray[np.float64] = np.where(yes >= _FLOOR * votes.sum(), yes / np.maximum(votes @ voters, 1e-9), 0.0)
    return support


def consensus(
    coded: Sequence[str], votes: NDArray[np.float64], *, sample: int, support: float, depth: int = _DEPTH
) -> str:
    """The coded words that at least `support` of the letters share, in order.

    What the medoid itself lacks is found between its supported words: the runs there are aligned in the same way.
    """
    centre = coded[medoid(coded, votes, sample)]
    if not centre:
        return ""
    laid = np.array([lay_along(centre, letter) for letter in coded])
    kept = np.flatnonzero(support_of(laid, votes) >= support)
    if not len(kept) or not depth:
        return "".join(centre[place] for place in kept)
    pieces = []
    for number in range(len(kept) + 1):
        runs, run_votes = _runs(coded, laid, kept, number, votes)
        if run_votes.sum() >= support * votes.sum():
            pieces.append(consensus(runs, run_votes, sample=sample, support=support, depth=depth - 1))
        if number < len(kept):
            pieces.append(centre[kept[number]])
    return "".join(pieces)


def _runs(
    coded: Sequence[str], laid: NDArray[np.int64], kept: NDArray[np.int64], number: int, votes: NDArray[np.float64]
) -> tuple[list[str], NDArray[np.float64]]:
    """The letters' words between the supported words `number` - 1 and `number`, of letters that hold both."""
    before = laid[:, kept[number - 1]] if number else np.full(len(coded), -1)
    after = laid[:, kept[number]] if number < len(kept) else np.array([len(letter) for letter in coded])
    filled = np.flatnonzero(((before >= 0) | (number == 0)) & (after > before + 1))
    return [coded[i][before[i] + 1 : after[i]] for i in filled.tolist()], votes[filled]


def recheck(ref: str, coded: Sequence[str], votes: NDArray[np.float64], support: float) -> str:
    """Align the letters once more, with the consensus itself, and keep the words that still have support."""
    if not ref:
        return ""
    laid = np.array([lay_along(ref, letter) for letter in coded])
    return "".join(ref[place] for place in np.flatnonzero(support_of(laid, votes) >= support))
