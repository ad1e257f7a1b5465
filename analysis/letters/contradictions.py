"""Variants that say something else: two texts alike but for a number, a date or a "not"."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from analysis.finding import Template, Variant
from analysis.letters.alignment import Alignment
from analysis.letters.dates import DateMark, compatible, date_signature
from analysis.letters.negations import NegationSignature, negation_signature
from analysis.letters.numerals import number_signature
from analysis.letters.tokens import quote, read_words, sentence_starts


def variants(text: str, medoid_text: str, language: str | None) -> tuple[Variant, ...]:
    """What makes a text say something else than the medoid, for two texts otherwise alike and in one language.

    "number" and "date": each side has one that the other lacks, so a number left out or added is no variant; a date
    against a number is a date gone wrong ("May 2024" against "May 3024").
    "negation": the count of negations differs, or one side only supports where the other only opposes.
    """
    found: list[Variant] = []
    ours, theirs = Counter(number_signature(text)), Counter(number_signature(medoid_text))
    our_dates, their_dates = date_signature(text), date_signature(medoid_text)
    if ours - theirs and theirs - ours:
        found.append("number")
    our_new, their_new = _has_unmatched(our_dates, their_dates), _has_unmatched(their_dates, our_dates)
    if (our_new and their_new) or (our_new and theirs - ours) or (their_new and ours - theirs):
        found.append("date")
    if _negations_conflict(negation_signature(text, language), negation_signature(medoid_text, language)):
        found.append("negation")
    return tuple(found)


def variants_outside_slots(
    template: Template, alignment: Alignment, text: str, language: str | None
) -> tuple[Variant, ...]:
    """As `variants`, between a letter and its template, for a letter with that `alignment`.

    Slot values and runs of the sender's own words are left out of the letter, so an age or a house number is no
    contradiction; sentences that the sender left out are left out of the template.
    """
    kept = _without_spans(text, alignment)
    fixed = "\n".join(part for part in template.parts if isinstance(part, str))
    return variants(kept, _sentences_held(fixed, kept), language)


def _sentences_held(fixed: str, kept: str) -> str:
    """The sentences of the fixed text of which the letter has at least half of the words."""
    words = read_words(fixed)
    held = set(read_words(kept).keys)
    bounds = [*sentence_starts(words), len(words.keys)]
    sentences = [
        quote(words, first, end)
        for first, end in pairwise(bounds)
        if 2 * sum(1 for key in words.keys[first:end] if key in held) >= end - first
    ]
    return "\n".join(sentences)


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
