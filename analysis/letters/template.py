"""From the letters of a family to the letter behind them."""

from collections.abc import Sequence

import numpy as np

from analysis.finding import Slot, Template
from analysis.letters.consensus import Draft, consensus, medoid, recheck
from analysis.letters.gaps import Gaps, read_gaps
from analysis.letters.matching import encode, in_reading_order, reference, vocabulary
from analysis.letters.readings import Readings
from analysis.letters.sampling import Letter, distinct_letters, votes_of
from analysis.letters.tokens import Words, sentence_numbers
from analysis.letters.wording import Wording, joints, wording

VOTERS = 400
MIN_FIXED_WORDS = 12
MIN_FIXED_SHARE = 0.1
# Slot values in the medoid draw fixed words away from their places; the recheck, without them, restores the bar.
_DRAFT_LENIENCE = 0.2


def recover_template(
    texts: Sequence[str],
    *,
    weights: Sequence[int] | None = None,
    sample: int = 40,
    support: float = 0.8,
    readings: Readings | None = None,
) -> Template | None:
    """The template behind the letters of one family, the same whatever their order; None when they share too little.

    Words that `support` of the letters have in common are fixed text: star alignment to the medoid of `sample`
    letters, a vote among at most 400 distinct ones, a second alignment with the result. A gap between fixed words is
    a slot when half of the letters fill it, or a tenth do with values that recur. Slots are counted over all letters.
    Below 12 fixed words the shared text is no more than a salutation and a close; below a share of .1 it explains
    little of the letters (the thinnest mad-lib measured keeps .29 fixed, .17 with 40 % own text and dropped parts).
    Pass `readings` where the letters are read again elsewhere.
    """
    letters = distinct_letters(texts, weights)
    if sum(letter.weight for letter in letters) < 2:
        return None
    readings = readings or Readings()
    fixed = _fixed_words(letters[:VOTERS], sample, support, readings)
    if len(fixed) < MIN_FIXED_WORDS:
        return None
    ref = reference(fixed)
    gaps = read_gaps(ref, letters, readings)
    if gaps.fixed_share < MIN_FIXED_SHARE:
        return None
    return _compose(gaps, letters, wording(ref, letters[:VOTERS], readings))


def _fixed_words(letters: Sequence[Letter], sample: int, support: float, readings: Readings) -> list[str]:
    """The shared word sequence; sentences that senders moved are first put back in the medoid's order."""
    words = [readings.words(letter.text) for letter in letters]
    votes = np.array([votes_of(letter) for letter in letters])
    codes = vocabulary(key for letter in words for key in letter.keys)
    coded = [encode(letter.keys, codes) for letter in words]
    centre = medoid(coded, votes, sample)
    places = reference(words[centre].keys, codes).places
    coded = [_reordered(letter, code, coded[centre], places) for letter, code in zip(words, coded, strict=True)]
    draft = Draft(coded[centre], tuple(sentence_numbers(words[centre])))
    draft = consensus(draft, coded, votes, sample=sample, support=support - _DRAFT_LENIENCE)
    for _ in range(2):
        before, draft = draft, recheck(draft, coded, votes, support)
        if draft == before:
            break
    names = {code: key for key, code in codes.items()}
    return [names[code] for code in draft.coded if code in names]


def _reordered(words: Words, coded: str, centre: str, places: dict[str, int]) -> str:
    order = in_reading_order(words, coded, centre, places)
    return coded if order is None else "".join([coded[index] for index in order])


def _compose(gaps: Gaps, letters: Sequence[Letter], surface: Wording) -> Template:
    """Write the template out: fixed words in their usual spelling and punctuation, slots in their places."""
    parts: list[str | int] = []
    text = ""
    for place in range(len(surface.words) + 1):
        left, right = joints(surface, place, is_slot=place in gaps.slots)
        if place in gaps.slots:
            if text + left:
                parts.append(text + left)
            parts.append(len([part for part in parts if isinstance(part, int)]))
            text = right
        else:
            text += left
        if place < len(surface.words):
            text += surface.words[place]
    if text:
        parts.append(text)
    slots = tuple(Slot(index=index, values=gaps.slots[place]) for index, place in enumerate(sorted(gaps.slots)))
    return Template(
        parts=tuple(parts),
        slots=slots,
        fixed_share=round(gaps.fixed_share, 4),
        letters=sum(letter.weight for letter in letters),
    )
