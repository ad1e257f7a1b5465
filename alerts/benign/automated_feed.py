"""Are these feeds that post by themselves?

Asked: each account shares at much the same delay after a thing appears, whatever the thing, as a feed reader set to
an interval does.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.labels import labels_of
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "automated_feed"
LABEL = "automated feed"


def check(case: Case) -> BenignCheck:
    """Supported when each account's own delays explain that they coincide."""
    labels = labels_of(case)
    if labels is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if LABEL in labels:
        return supported(NAME, "Each account's usual delay explains that they coincide: automated feeds.")
    return not_supported(NAME, "Usual delays of the accounts do not explain that they coincide.")
