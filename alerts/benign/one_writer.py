"""Is it one writer repeating himself?

Asked: fewer than three senders, or one sender besides whom fewer than five messages are left. It counts pseudonyms;
one person behind many accounts is not seen here.
"""

from collections import Counter

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "one_writer"
FEWEST_SENDERS = 3
FEWEST_OTHERS = 5


def check(case: Case) -> BenignCheck:
    """Supported when nearly all comes from one or two pseudonyms."""
    counts = Counter(message.author for message in case.messages if message.author)
    if not counts:
        return not_judged(NAME, "The data name no sender.")
    if len(counts) < len(case.messages) and sum(counts.values()) < len(case.messages) / 2:
        return not_judged(NAME, "Fewer than half of the messages name a sender.")
    others = len(case.messages) - max(counts.values())
    senders = case.finding.senders if case.finding.senders is not None else len(counts)
    if senders < FEWEST_SENDERS:
        return supported(NAME, f"{senders} sender(s) wrote all of it.")
    if others < FEWEST_OTHERS and max(counts.values()) >= FEWEST_OTHERS:
        return supported(NAME, f"One sender wrote all but {others} of the messages.")
    return not_supported(NAME, f"{senders} senders; the busiest sent {max(counts.values())} of {len(case.messages)}.")
