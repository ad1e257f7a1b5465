"""The word sequence that letters share: star alignment to the medoid, then a vote."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from analysis.letters.matching import drop_islands, lay_along

_NEIGHBOURHOOD = 8
_NEAR_SHARE = 0.25
_FLOOR = 0.5
_DEPTH = 3


class Draft(msgspec.Struct, frozen=True):
    """A coded word sequence and, for each of its words, the number of its sentence (never falling)."""

    coded: str
    sentences: tuple[int, ...]


def medoid(coded: Sequence[str], votes: NDArray[np.float64], sample: int) -> int:
    """Index of the sequence nearest to the first `sample` ones (Indel similarity, weighted); the earliest on a tie."""
    head = list(coded[:sample])
    if len(head) == 1:
        return 0
    similarity = cdist(head, head, scorer=Indel.normalized_similarity, dtype=np.float64)
    return int(np.argmax(np.round(similarity @ votes[: len(head)], 9)))


def consensus(
    centre: Draft, coded: Sequence[str], votes: NDArray[np.float64], *, sample: int, support: float, depth: int = _DEPTH
) -> Draft:
    """The words that at least `support` of the letters share, in order, from alignment with the medoid `centre`.

    What the medoid lacks is found between its supported words: the runs there are aligned in the same way, and count
    as part of the sentence before them.
    """
    if not centre.coded:
        return centre
    laid = np.array([lay_along(centre.coded, letter) for letter in coded])
    kept = np.flatnonzero(support_of(laid, votes, centre.sentences) >= support).tolist()
    pieces: list[str] = []
    sentences: list[int] = []
    for number in range(len(kept) + 1):
        runs, run_votes = _runs(coded, laid, kept, number, votes) if kept and depth else ([], votes[:0])
        if run_votes.sum() >= support * votes.sum():
            sentence = centre.sentences[kept[max(number - 1, 0)]]
            middle = runs[medoid(runs, run_votes, sample)]
            inner = Draft(middle, (sentence,) * len(middle))
            inner = consensus(inner, runs, run_votes, sample=sample, support=support, depth=depth - 1)
            pieces.append(inner.coded)
            sentences.extend(inner.sentences)
        if number < len(kept):
            pieces.append(centre.coded[kept[number]])
            sentences.append(centre.sentences[kept[number]])
    return Draft("".join(pieces), tuple(sentences))


def recheck(draft: Draft, coded: Sequence[str], votes: NDArray[np.float64], support: float) -> Draft:
    """Align the letters once more, with the consensus itself, and keep the words that still have support."""
    if not draft.coded:
        return draft
    laid = np.array([lay_along(draft.coded, letter) for letter in coded])
    kept = np.flatnonzero(support_of(laid, votes, draft.sentences) >= support).tolist()
    return Draft("".join([draft.coded[place] for place in kept]), tuple(draft.sentences[place] for place in kept))


def support_of(laid: NDArray[np.int64], votes: NDArray[np.float64], sentences: Sequence[int]) -> NDArray[np.float64]:
    """Support of each reference word among the letters that hold its neighbourhood, 0 to 1.

    The neighbourhood is up to eight words either side within the sentence. A sender who leaves out a sentence does
    not vote on its words, nor do chance words of own text count as the sentence; a word that fewer than half of all
    letters hold has no support.
    """
    place = np.arange(laid.shape[1])
    solid = np.zeros((laid.shape[0], len(place) + 1), dtype=np.int32)
    np.cumsum([[at >= 0 for at in drop_islands(row)] for row in laid.tolist()], axis=1, out=solid[:, 1:])
    first = np.maximum(place - _NEIGHBOURHOOD, np.searchsorted(sentences, sentences, side="left"))
    end = np.minimum(place + _NEIGHBOURHOOD + 1, np.searchsorted(sentences, sentences, side="right"))
    voters = solid[:, end] - solid[:, first] >= np.maximum(_NEAR_SHARE * (end - first), 1)
    held = laid >= 0
    share = (votes @ (voters & held)) / np.maximum(votes @ voters, 1e-9)
    support: NDArray[np.float64] = np.where(votes @ held >= _FLOOR * votes.sum(), share, 0.0)
    return support


def _runs(
    coded: Sequence[str], laid: NDArray[np.int64], kept: Sequence[int], number: int, votes: NDArray[np.float64]
) -> tuple[list[str], NDArray[np.float64]]:
    """The letters' words between the supported words `number` - 1 and `number`, of letters that hold both."""
    before = laid[:, kept[number - 1]] if number else np.full(len(coded), -1)
    after = laid[:, kept[number]] if number < len(kept) else np.array([len(letter) for letter in coded])
    filled = np.flatnonzero(((before >= 0) | (number == 0)) & (after > before + 1))
    return [coded[i][before[i] + 1 : after[i]] for i in filled.tolist()], votes[filled]
