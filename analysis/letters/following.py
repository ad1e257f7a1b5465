"""Which of several templates a letter follows: the one of which it holds the largest share of fixed words."""

from collections.abc import Sequence

from analysis.letters.alignment import PreparedTemplate
from analysis.letters.readings import Readings

FOLLOWS = 0.5


def coverage(template: PreparedTemplate, text: str, readings: Readings) -> float:
    """The share of the template's fixed words that the letter holds, 0 to 1, as in `Alignment.coverage`."""
    found, _ = readings.match(template.ref, text)
    return sum(1 for place in found if place >= 0) / max(len(found), 1)


def follows(template: PreparedTemplate, text: str, readings: Readings) -> bool:
    """Whether the letter holds at least half of the template's fixed words."""
    return _ceiling(template, text, readings) >= FOLLOWS and coverage(template, text, readings) >= FOLLOWS


def best_followed(
    templates: Sequence[PreparedTemplate], text: str, readings: Readings, *, least: float = 0.0
) -> int | None:
    """Index of the template with the highest coverage, the first of equals; None when none reaches `least`."""
    chosen, best = None, least
    for index, template in enumerate(templates):
        if best == 1.0 and chosen is not None:
            break
        ceiling = _ceiling(template, text, readings)
        if ceiling < best or (ceiling == best and chosen is not None):
            continue
        share = coverage(template, text, readings)
        if share > best or (share == best and chosen is None):
            chosen, best = index, share
    return chosen


def _ceiling(template: PreparedTemplate, text: str, readings: Readings) -> float:
    """No coverage is higher: the share of fixed words that stand anywhere in the letter."""
    held = set(readings.words(text).keys)
    return sum(1 for key in template.ref.keys if key in held) / max(len(template.ref.keys), 1)
