"""A letter read against a template: what is fixed text, what fills the slots, what the sender added."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

import msgspec

from analysis.finding import Slot, Template
from analysis.letters.matching import Reference, reference
from analysis.letters.readings import Readings
from analysis.letters.tokens import Words, quote, read_words

OWN_RUN_WORDS = 5
_FREE_SLOT_WORDS = 8
_SHINGLE = 3


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """How a letter follows a template.

    `fixed` are the character spans of fixed text, `fills` the text in each slot by index ("" is empty or not found),
    `own` the runs of five words and more that are neither fixed text nor an ordinary slot value. `coverage` is the
    share of the template's fixed words that the letter holds, `intact` the share of its fixed word-3 shingles that
    stand in the letter unbroken (both 0 to 1, wherever the paragraphs stand). `added_words` counts words outside
    fixed text and ordinary slot values. `spans` are the character spans of the slot values.
    """

    fixed: tuple[tuple[int, int], ...]
    fills: tuple[str, ...]
    spans: tuple[tuple[int, int] | None, ...]
    own: tuple[str, ...]
    own_spans: tuple[tuple[int, int], ...]
    coverage: float
    intact: float
    added_words: int


class _SlotHabit(msgspec.Struct, frozen=True):
    free: bool
    usual_words: int
    repeated: frozenset[str]


class PreparedTemplate(msgspec.Struct, frozen=True):
    """A template made ready for many alignments."""

    template: Template
    ref: Reference
    slot_at: dict[int, int]
    habits: dict[int, _SlotHabit]
    shingles: tuple[tuple[int, int], ...]


def prepare(template: Template) -> PreparedTemplate:
    """Read a template's fixed words and slot habits once."""
    keys: list[str] = []
    slot_at: dict[int, int] = {}
    for part in template.parts:
        if isinstance(part, int):
            slot_at[len(keys)] = part
        else:
            keys.extend(read_words(part).keys)
    habits = {slot.index: _habit(slot) for slot in template.slots}
    return PreparedTemplate(template, reference(keys), slot_at, habits, fixed_shingles(len(keys), slot_at))


def _habit(slot: Slot) -> _SlotHabit:
    filled = [(len(read_words(value).keys), count) for value, count in slot.values if value]
    lengths = [length for length, count in filled for _ in range(min(count, 100))] or [0]
    usual = median_low(lengths)
    single = sum(1 for _, count in filled if count == 1)
    free = usual >= _FREE_SLOT_WORDS and 2 * single >= len(filled)
    return _SlotHabit(free, usual, frozenset(value for value, count in slot.values if count > 1))


def fixed_shingles(fixed_words: int, breaks: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Word-3 shingles [first, end) within each run of fixed words between slots; a shorter run is one shingle."""
    bounds = sorted({0, fixed_words, *(place for place in breaks if place <= fixed_words)})
    shingles: list[tuple[int, int]] = []
    for first, end in pairwise(bounds):
        width = min(_SHINGLE, end - first)
        shingles.extend((place, place + width) for place in range(first, end - width + 1))
    return tuple(shingles)


def align(template: Template | PreparedTemplate, text: str, readings: Readings | None = None) -> Alignment:
    """Read one letter against a template; for many letters pass `prepare(template)`, and `readings` to read once."""
    prepared = template if isinstance(template, PreparedTemplate) else prepare(template)
    readings = readings or Readings()
    words = readings.words(text)
    found, order = readings.match(prepared.ref, text)
    places = range(len(words.keys)) if order is None else order
    fills: list[tuple[int, int] | None] = [None] * len(prepared.template.slots)
    own: list[tuple[int, int]] = []
    added = 0
    for gap, end_gap, first, end in _unmatched(found, len(words.keys)):
        for run_first, run_end in _as_written(places[first:end]):
            slot = _slot_between(prepared.slot_at, gap, end_gap)
            value = quote(words, run_first, run_end)
            if slot is not None and fills[slot] is None and not _is_own(value, run_end - run_first, prepared, slot):
                fills[slot] = (run_first, run_end)
                continue
            added += run_end - run_first
            if run_end - run_first >= OWN_RUN_WORDS:
                own.append((run_first, run_end))
    own.sort()
    matched = [place >= 0 for place in found]
    intact = sum(1 for first, end in prepared.shingles if _unbroken(found, first, end))
    return Alignment(
        fixed=_fixed_spans(words, sorted(places[place] for place in found if place >= 0)),
        fills=tuple("" if run is None else quote(words, *run) for run in fills),
        spans=tuple(None if run is None else _characters(words, *run) for run in fills),
        own=tuple(quote(words, *run) for run in own),
        own_spans=tuple(_characters(words, *run) for run in own),
        coverage=sum(matched) / max(len(matched), 1),
        intact=intact / max(len(prepared.shingles), 1),
        added_words=added,
    )


def _unmatched(found: list[int], letter_words: int) -> list[tuple[int, int, int, int]]:
    """Runs of unmatched words as (first gap, last gap, first, end): gap g lies before reference word g."""
    runs = []
    gap, first = 0, 0
    for place, at in enumerate(found):
        if at < 0:
            continue
        if at > first:
            runs.append((gap, place, first, at))
        gap, first = place + 1, at + 1
    if letter_words > first:
        runs.append((gap, len(found), first, letter_words))
    return runs


def _as_written(places: Sequence[int]) -> list[tuple[int, int]]:
    """Split places in reading order into runs [first, end) that stand together in the letter."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _slot_between(slot_at: dict[int, int], gap: int, end_gap: int) -> int | None:
    """The slot of these gaps when there is exactly one and it touches a matched word."""
    if gap == end_gap:
        return slot_at.get(gap)
    slots = [place for place in slot_at if gap <= place <= end_gap]
    return slot_at[slots[0]] if len(slots) == 1 and slots[0] in (gap, end_gap) else None


def _is_own(value: str, words: int, prepared: PreparedTemplate, slot: int) -> bool:
    """Whether a slot holds a sender's own text: a free slot does; so does one filled as no other letter, and long."""
    habit = prepared.habits.get(slot)
    if habit is None:
        return False
    return habit.free or (words >= OWN_RUN_WORDS and words > 2 * habit.usual_words and value not in habit.repeated)


def _unbroken(found: list[int], first: int, end: int) -> bool:
    return found[first] >= 0 and found[first:end] == list(range(found[first], found[first] + end - first))


def _characters(words: Words, first: int, end: int) -> tuple[int, int]:
    return words.spans[first][0], words.spans[end - 1][1]


def _fixed_spans(words: Words, places: list[int]) -> tuple[tuple[int, int], ...]:
    return tuple(_characters(words, first, end) for first, end in _as_written(places))
