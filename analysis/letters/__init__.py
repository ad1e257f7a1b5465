"""Letters: the template behind a family, each sender's own words, and variants that say something else."""

from analysis.letters.alignment import Alignment, PreparedTemplate, align, prepare
from analysis.letters.contradictions import OutsideSlots, variants, variants_outside_slots
from analysis.letters.dates import date_signature
from analysis.letters.following import best_followed
from analysis.letters.negations import negation_signature
from analysis.letters.numerals import number_signature
from analysis.letters.own_words import own_words
from analysis.letters.readings import Readings
from analysis.letters.several import recover_templates
from analysis.letters.template import recover_template
from analysis.letters.tokens import Words, read_words
from analysis.letters.variant import LetterVariant, classify, variant_of

__all__ = [
    "Alignment",
    "LetterVariant",
    "OutsideSlots",
    "PreparedTemplate",
    "Readings",
    "Words",
    "align",
    "best_followed",
    "classify",
    "date_signature",
    "negation_signature",
    "number_signature",
    "own_words",
    "prepare",
    "read_words",
    "recover_template",
    "recover_templates",
    "variant_of",
    "variants",
    "variants_outside_slots",
]
