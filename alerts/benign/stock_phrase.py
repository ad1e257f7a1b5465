"""Is it a courtesy that everybody words alike: thanks, a greeting, a wish?

Asked: the messages are at most 16 words long, most of these are courtesy or carry little meaning, none takes a side or
calls for an act, and nearly every message has another sender. A family of courtesies that all come within an hour is
not ordinary and stays. Limit: word lists exist for Dutch, English, German, French and Romanian.
"""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, supported
from alerts.wordlists import CALL, FUNCTION, NEGATION, POLITE, STANCE, holds

NAME = "stock_phrase"
LONGEST_WORDS = 16
CONTENT_WORDS = 4
AT_LEAST = timedelta(hours=6)


def check(case: Case) -> BenignCheck:
    """Supported when the messages are short courtesies of many senders, spread over time."""
    if not case.messages:
        return not_judged(NAME, "No message of the family is at hand.")
    length = median(reading.shared + len(reading.own) for reading in case.readings)
    if length > LONGEST_WORDS:
        return not_supported(NAME, f"The messages are about {length:.0f} words long: more than a phrase.")
    typical = case.shared_words or case.typical
    polite = POLITE.of(case.language)
    if not any((word,) in polite for word in typical):
        return not_supported(NAME, "The shared words hold no thanks, greeting or wish.")
    empty = polite | FUNCTION.of(case.language)
    content = [word for word in typical if (word,) not in empty]
    if len(content) > CONTENT_WORDS:
        return not_supported(NAME, f"Beside the courtesy it says something in {len(content)} words.")
    if _takes_sides(typical, case.language) or any(message.links for message in case.messages):
        return not_supported(NAME, "It takes a side, calls for something or carries a link.")
    return _of_many(case)


def _takes_sides(said: Sequence[str], language: str | None) -> bool:
    against = STANCE.of(language) | NEGATION.of(language)
    return holds(said, against) or any((word,) in CALL.of(language) for word in said)


def _of_many(case: Case) -> BenignCheck:
    senders = {message.author for message in case.messages if message.author}
    if senders and len(senders) < 0.8 * len(case.messages):
        return not_supported(NAME, f"{len(senders)} senders sent it {len(case.messages)} times.")
    first, last = case.finding.first, case.finding.last
    fine = any(message.published_precision in {"second", "minute"} for message in case.messages)
    if fine and first and last and last - first < AT_LEAST:
        return not_supported(NAME, "A courtesy, but all of it within a few hours.")
    return supported(NAME, "A short courtesy that many people word alike.")
