"""Did it spread from one to another with the platform's own buttons?

Asked: most of the messages are reposts of, or replies to, others of them: people pass on what they see.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.labels import labels_of
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "spreading"
LABEL = "spreads by reposts and replies"


def check(case: Case) -> BenignCheck:
    """Supported when most of it was passed on by reposts and replies."""
    labels = labels_of(case)
    if labels is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if LABEL in labels:
        return supported(NAME, "Most of it was passed on by reposts and replies.")
    return not_supported(NAME, "Few of the messages repost or answer one another.")
