"""Variants that say something else: two texts alike but for a number, a date or a "not"."""

from collections import Counter
from collections.abc import Sequence

from analysis.finding import Template, Variant
from analysis.letters.alignment import Alignment
from analysis.letters.dates import DateMark, compatible, date_signature
from analysis.letters.negations import NegationSignature, negation_signature
from analysis.letters.numerals import number_signature


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
    """As `variants`, between a letter and its template, without slot values and runs of the sender's own words.

    Fixed words that the letter lacks are left out of the template's side only where they carry no number, date or
    negation that the letter replaces: the comparison is of what stands in the place of fixed text.
    """
    fixed = "\n".join(part for part in template.parts if isinstance(part, str))
    return variants(_without_spans(text, alignment), fixed, language)


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
