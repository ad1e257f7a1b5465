"""Is it a newsroom, or the accounts of one organisation?

Asked: the accounts follow the things of one origin, each in its own steady rhythm after they appear, as the accounts
of one medium do. Limit: a campaign that runs its own site looks the same; the origin stands on the alert.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.labels import labels_of
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "newsroom"
LABEL = "newsroom"


def check(case: Case) -> BenignCheck:
    """Supported when the detector took the accounts for those of one newsroom."""
    labels = labels_of(case)
    if labels is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if LABEL in labels:
        return supported(NAME, "The accounts follow one origin, as those of a newsroom do.")
    return not_supported(NAME, "The accounts do not all follow one origin.")
