"""One letter laid along a reference: which of its words stand for which word of the reference."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median_low

import msgspec
from rapidfuzz.distance import Indel

from analysis.letters.blocks import Block, gather
from analysis.letters.tokens import Words, sentence_starts

UNKNOWN = "\0"
Match = tuple[list[int], list[int] | None]
_ISLAND_WORDS = 2
_ISLAND_REACH = 3
_MOVE_GAIN_WORDS = 3
_MOVE_GAIN_SHARE = 0.05


class Reference(msgspec.Struct, frozen=True):
    """A word sequence to align with; words are coded as characters since rapidfuzz is fastest on strings."""

    keys: tuple[str, ...]
    codes: dict[str, str]
    coded: str
    places: dict[str, int]


def vocabulary(keys: Iterable[str]) -> dict[str, str]:
    """A character for each word, in order of appearance; words beyond what Unicode can number get none."""
    distinct = dict.fromkeys(keys)
    return {key: chr(number) for number, key in zip(range(1, 0x110000), distinct, strict=False)}


def encode(keys: Sequence[str], codes: dict[str, str]) -> str:
    """The words as a string of one character each; UNKNOWN for a word that has no code."""
    return "".join([codes.get(key, UNKNOWN) for key in keys])


def reference(keys: Sequence[str], codes: dict[str, str] | None = None) -> Reference:
    """Prepare a word sequence for many alignments. `places` holds the words and word pairs that occur once."""
    codes = vocabulary(keys) if codes is None else codes
    coded = encode(keys, codes)
    places: dict[str, int] = {}
    for place in range(len(coded)):
        for anchor in {coded[place], coded[place : place + 2]}:
            places[anchor] = -1 if anchor in places else place
    return Reference(tuple(keys), codes, coded, {anchor: place for anchor, place in places.items() if place >= 0})


def reading_order(words: Words, coded: str, places: dict[str, int]) -> list[int] | None:
    """The letter's word indices with its sentences put in the reference's order; None when they already are.

    A sentence goes where most of its anchors stand in the reference; one without follows its predecessor.
    """
    hits = [
        (index, place)
        for index, code in enumerate(coded)
        if (place := places.get(coded[index : index + 2], places.get(code, -1))) >= 0
    ]
    if all(before[1] <= after[1] for before, after in pairwise(hits)):
        return None
    starts = sentence_starts(words)
    bounds = [*starts, len(coded)]
    ranks: list[int] = []
    cursor = 0
    for first, end in pairwise(bounds):
        anchors = []
        while cursor < len(hits) and hits[cursor][0] < end:
            anchors.append(hits[cursor][1])
            cursor += 1
        anchored = len(anchors) >= 2 and 5 * len(anchors) >= end - first
        ranks.append(median_low(anchors) if anchored else (ranks[-1] if ranks else -1))
    if all(before <= after for before, after in pairwise(ranks)):
        return None
    order = sorted(range(len(starts)), key=ranks.__getitem__)
    return [index for sentence in order for index in range(bounds[sentence], bounds[sentence + 1])]


def lay_along(coded_reference: str, coded: str) -> list[int]:
    """For each reference word the index of the letter's word that matches it, -1 when none does.

    The longest common subsequence; of those equally long one whose matches stand together.
    """
    blocks = [
        Block(step.src_start, step.dest_start, step.src_end - step.src_start)
        for step in Indel.opcodes(coded_reference, coded)
        if step.tag == "equal"
    ]
    found = [-1] * len(coded_reference)
    for first, at, length in gather(coded_reference, coded, blocks):
        found[first : first + length] = range(at, at + length)
    return found


def drop_islands(found: list[int]) -> list[int]:
    """Unset one- and two-word matches far from any other match: chance words of own text, not the letter's."""
    kept = [-1] * len(found)
    stretch_start = 0
    stretches: list[tuple[int, int]] = []
    for place in range(len(found) + 1):
        if place == len(found) or found[place] < 0:
            if place > stretch_start:
                stretches.append((stretch_start, place))
            stretch_start = place + 1
    for number, (first, end) in enumerate(stretches):
        before = found[stretches[number - 1][1] - 1] if number else -_ISLAND_REACH - 1
        after = found[stretches[number + 1][0]] if number + 1 < len(stretches) else len(found) + (1 << 30)
        near = found[first] - before <= _ISLAND_REACH or after - found[end - 1] <= _ISLAND_REACH
        if end - first > _ISLAND_WORDS or near or end - first == len(found):
            kept[first:end] = found[first:end]
    return kept


def in_reading_order(words: Words, coded: str, ref_coded: str, places: dict[str, int]) -> list[int] | None:
    """The reading order when it lets clearly more words match than the order as written does, else None."""
    order = reading_order(words, coded, places)
    if order is None:
        return None
    moved = "".join([coded[index] for index in order])
    gain = _matched(lay_along(ref_coded, moved)) - _matched(lay_along(ref_coded, coded))
    return order if gain > max(_MOVE_GAIN_WORDS, _MOVE_GAIN_SHARE * len(ref_coded)) else None


def match(ref: Reference, words: Words) -> Match:
    """Match a letter with the reference: places as word indices in reading order, and that order (None: as written)."""
    coded = encode(words.keys, ref.codes)
    order = in_reading_order(words, coded, ref.coded, ref.places)
    if order is not None:
        coded = "".join([coded[index] for index in order])
    return drop_islands(lay_along(ref.coded, coded)), order


def _matched(found: list[int]) -> int:
    return sum(1 for place in drop_islands(found) if place >= 0)
