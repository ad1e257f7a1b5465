"""Variants that say something else: two texts alike but for a number, a date or a "not"."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from analysis.finding import Template, Variant
from analysis.letters.alignment import Alignment
from analysis.letters.dates import DateMark, compatible, date_signature
from analysis.letters.negations import NegationSignature, negation_signature
from analysis.letters.numerals import number_signature
from analysis.letters.tokens import quote, read_words, sentence_starts


class _Marks(msgspec.Struct, frozen=True):
    """The numbers, dates and negations of a text."""

    numbers: Counter[str]
    dates: tuple[DateMark, ...]
    negations: NegationSignature | None


def variants(text: str, medoid_text: str, language: str | None) -> tuple[Variant, ...]:
    """What makes a text say something else than the medoid, for two texts otherwise alike and in one language.

    "number" and "date": each side has one that the other lacks, so a number left out or added is no variant; a date
    against a number is a date gone wrong ("May 2024" against "May 3024").
    "negation": the count of negations differs, or one side only supports where the other only opposes.
    """
    return _differences(_marks(text, language), _marks(medoid_text, language))


# The medoid of a family is asked for once for every member; a few texts kept are enough.
@lru_cache(maxsize=64)
def _marks(text: str, language: str | None) -> _Marks:
    return _Marks(Counter(number_signature(text)), date_signature(text), negation_signature(text, language))


def _differences(ours: _Marks, theirs: _Marks) -> tuple[Variant, ...]:
    found: list[Variant] = []
    our_numbers, their_numbers = ours.numbers - theirs.numbers, theirs.numbers - ours.numbers
    if our_numbers and their_numbers:
        found.append("number")
    our_new, their_new = _has_unmatched(ours.dates, theirs.dates), _has_unmatched(theirs.dates, ours.dates)
    if (our_new and their_new) or (our_new and their_numbers) or (their_new and our_numbers):
        found.append("date")
    if _negations_conflict(ours.negations, theirs.negations):
        found.append("negation")
    return tuple(found)


class OutsideSlots:
    """Reads variants outside the slots of one template, for many letters.

    The template's side is read once for every choice of its sentences that letters hold.
    """

    def __init__(self, template: Template) -> None:
        self._sentences = _sentences("\n".join(part for part in template.parts if isinstance(part, str)))
        self._marks: dict[tuple[str | None, tuple[int, ...]], _Marks] = {}

    def variants(self, alignment: Alignment, text: str, language: str | None) -> tuple[Variant, ...]:
        """As `variants_outside_slots`, for a letter with that `alignment` to the template."""
        kept = _without_spans(text, alignment)
        return _differences(_marks(kept, language), self._held(kept, language))

    def _held(self, kept: str, language: str | None) -> _Marks:
        """Marks of the sentences of the fixed text of which the letter has at least half of the words."""
        held = set(read_words(kept).keys)
        numbers = tuple(
            number
            for number, (_, keys) in enumerate(self._sentences)
            if 2 * sum(1 for key in keys if key in held) >= len(keys)
        )
        if (language, numbers) not in self._marks:
            text = "\n".join(self._sentences[number][0] for number in numbers)
            self._marks[language, numbers] = _marks(text, language)
        return self._marks[language, numbers]


def variants_outside_slots(
    template: Template, alignment: Alignment, text: str, language: str | None
) -> tuple[Variant, ...]:
    """As `variants`, between a letter and its template, for a letter with that `alignment`.

    Slot values and runs of the sender's own words are left out of the letter, so an age or a house number is no
    contradiction; sentences that the sender left out are left out of the template. For many letters: `OutsideSlots`.
    """
    return OutsideSlots(template).variants(alignment, text, language)


def _sentences(fixed: str) -> list[tuple[str, list[str]]]:
    """The sentences of a text as written, each with its words."""
    words = read_words(fixed)
    bounds = [*sentence_starts(words), len(words.keys)]
    return [(quote(words, first, end), words.keys[first:end]) for first, end in pairwise(bounds)]


def _without_spans(text: str, alignment: Alignment) -> str:
    spans = sorted([*(span for span in alignment.spans if span), *alignment.own_spans])
    kept, at = [], 0
    for first, end in spans:
        kept.append(text[at:first])
        at = max(at, end)
    return "\n".join([*kept, text[at:]])


def _has_unmatched(ours: Sequence[DateMark], theirs: Sequence[DateMark]) -> bool:
    return any(not any(compatible(mark, other) for other in theirs) for mark in ours)


def _negations_conflict(ours: NegationSignature | None, theirs: NegationSignature | None) -> bool:
    if ours is None or theirs is None:
        return False
    opposed = (ours.supports, ours.opposes) == (theirs.opposes, theirs.supports) and ours.supports != ours.opposes
    return opposed or ours.negations != theirs.negations
