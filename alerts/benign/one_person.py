"""Is it one person with two devices or accounts?

Asked: no more than two accounts, which are active at the same times with the same things.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.labels import labels_of
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "one_person"
LABEL = "same person"


def check(case: Case) -> BenignCheck:
    """Supported when there are two accounts and they act as one."""
    labels = labels_of(case)
    if labels is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if LABEL in labels:
        return supported(NAME, "Two accounts that act as one person with two devices would.")
    return not_supported(NAME, "More than two accounts take part, or they act apart.")
