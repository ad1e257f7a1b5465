"""Did a link simply go viral?

Asked: most of what ties the accounts is shared by so many others that they were bound to meet.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.labels import labels_of
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "viral_link"
LABEL = "viral link"


def check(case: Case) -> BenignCheck:
    """Supported when what ties the accounts is shared by very many others."""
    labels = labels_of(case)
    if labels is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if LABEL in labels:
        return supported(NAME, "What they shared went viral: very many others shared it too.")
    return not_supported(NAME, "What they shared is not what everybody shared.")
