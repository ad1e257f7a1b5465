"""Are these reposts of a few messages, made with the platform's own button?

Asked: counting each original once, fewer than five separate messages are left. Only the platform's own reference
counts; "RT" typed in front of a text does not.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, share, supported

NAME = "repost"
FEWEST = 5


def check(case: Case) -> BenignCheck:
    """Supported when the family is a few originals and their reposts."""
    total = len(case.messages)
    reposts = [message for message in case.messages if message.repost_of]
    if not total:
        return not_judged(NAME, "No message of the family is at hand.")
    if not reposts:
        return not_supported(NAME, "No message is marked as a repost.")
    originals = {message.repost_of or message.id for message in case.messages}
    if len(originals) >= FEWEST:
        return not_supported(NAME, f"Counting reposts once, {len(originals)} separate messages are left.")
    return supported(NAME, f"{share(len(reposts), total)} messages are reposts of {len(originals)} separate ones.")
