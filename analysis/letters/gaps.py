"""What stands between the fixed words of a template, counted over all letters."""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from analysis.letters.matching import Reference
from analysis.letters.readings import Readings
from analysis.letters.sampling import Letter
from analysis.letters.tokens import Words, quote

Values = tuple[tuple[str, int], ...]

_CHUNK = 1_000
_FILLED_SHARE = 0.5
_RECURRING_SHARE = 0.1


class Gaps(msgspec.Struct, frozen=True):
    """The slots by place (before which fixed word they stand), with their values; `fixed_share` is 0 to 1."""

    slots: Mapping[int, Values]
    fixed_share: float


class _Count(msgspec.Struct):
    weight: int = 0
    texts: int = 0


def read_gaps(ref: Reference, letters: Sequence[Letter], readings: Readings) -> Gaps:
    """Align every letter with the fixed words and count what fills each gap, in letters (copies included)."""
    fills: list[dict[str, _Count]] = [{} for _ in range(len(ref.keys) + 1)]
    held = np.zeros(len(ref.keys) + 1, dtype=np.int64)
    share = 0.0
    for first in range(0, len(letters), _CHUNK):
        share += _count_chunk(ref, letters[first : first + _CHUNK], readings, fills, held)
    slots = {
        place: _values(filled, int(held[place]))
        for place, filled in enumerate(fills)
        if _is_slot(filled, int(held[place]))
    }
    return Gaps(slots, share / sum(letter.weight for letter in letters))


def _count_chunk(
    ref: Reference,
    letters: Sequence[Letter],
    readings: Readings,
    fills: list[dict[str, _Count]],
    held: NDArray[np.int64],
) -> float:
    """Add the letters' fills to the counts; return the sum of their fixed shares."""
    read = [readings.words(letter.text) for letter in letters]
    laid = [readings.match(ref, letter.text) for letter in letters]
    lengths = np.array([len(words.keys) for words in read])
    weights = np.array([letter.weight for letter in letters])
    found = np.array([row for row, _ in laid])
    edge = np.full((len(letters), 1), -1)
    before = np.hstack([edge, found])
    after = np.hstack([found, lengths[:, None]])
    there = (np.hstack([edge + 1, found]) >= 0) & (after >= 0)
    held += weights @ there
    for row, place in np.argwhere(there & (after > before + 1)):
        value = _as_written(read[row], laid[row][1], int(before[row, place]) + 1, int(after[row, place]))
        if value is not None:
            count = fills[place].setdefault(value, _Count())
            count.weight += int(weights[row])
            count.texts += 1
    return float(weights @ ((found >= 0).sum(axis=1) / np.maximum(lengths, 1)))


def _as_written(words: Words, order: list[int] | None, first: int, end: int) -> str | None:
    """The fill's text; None when sentences moved and its words do not stand together."""
    if order is None:
        return quote(words, first, end)
    places = order[first:end]
    together = places == list(range(places[0], places[0] + len(places)))
    return quote(words, places[0], places[-1] + 1) if together else None


def _is_slot(filled: Mapping[str, _Count], held: int) -> bool:
    total = sum(count.weight for count in filled.values())
    texts = sum(count.texts for count in filled.values())
    recurring = sum(count.texts for count in filled.values() if count.texts > 1)
    if total < 2 or total < _RECURRING_SHARE * held:
        return False
    return total >= _FILLED_SHARE * held or 2 * recurring >= texts


def _values(filled: Mapping[str, _Count], held: int) -> Values:
    empty = held - sum(count.weight for count in filled.values())
    values = [(value, count.weight) for value, count in filled.items()]
    if empty > 0:
        values.append(("", empty))
    return tuple(sorted(values, key=lambda value: (-value[1], value[0])))
