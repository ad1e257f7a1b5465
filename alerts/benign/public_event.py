"""Did something happen that everybody talked about?

Asked: within the same stretch the talk of the whole source rose as well, or accounts that share nothing with these
posted about the same: a debate on television, a goal, an exit poll.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.labels import labels_of
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "public_event"
LABEL = "all talk rose"


def check(case: Case) -> BenignCheck:
    """Supported when much else rose at the same moment."""
    labels = labels_of(case)
    if labels is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if LABEL in labels:
        return supported(NAME, "The talk as a whole rose at the same moment, as at a public event.")
    return not_supported(NAME, "Nothing else rose at the same moment.")
