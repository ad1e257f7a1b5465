"""What a sender did with the letter: sent it as it was, added to it, changed it, or wrote one."""

from collections.abc import Sequence
from typing import Literal

from analysis.finding import Template
from analysis.letters.alignment import Alignment, PreparedTemplate, align

LetterVariant = Literal["verbatim", "template_plus_additions", "edited_template", "own_words"]

WHOLE = 0.95
HELD = 0.3


def classify(
    templates: Template | PreparedTemplate | Sequence[Template | PreparedTemplate], text: str
) -> LetterVariant:
    """Judge a letter by the template that it follows best.

    Under .3 of the fixed word-3 shingles unbroken it is the sender's own words; under .95 an edited template. With
    .95 and more it is verbatim when every fixed word is there and no word outside fixed text and ordinary slot
    values, else template plus additions.
    """
    choices = [templates] if isinstance(templates, Template | PreparedTemplate) else templates
    readings = [align(template, text) for template in choices]
    if not readings:
        return "own_words"
    return variant_of(max(readings, key=lambda reading: (reading.intact, reading.coverage)))


def variant_of(reading: Alignment) -> LetterVariant:
    """The variant that an alignment amounts to, by the rules of `classify`."""
    if reading.intact < HELD:
        return "own_words"
    if reading.intact < WHOLE:
        return "edited_template"
    return "verbatim" if reading.coverage == 1 and not reading.added_words else "template_plus_additions"
