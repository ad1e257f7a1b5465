"""Is it a row of hashtags that people put together of themselves?

Asked: while it lasts, most accounts that use the rarest of its hashtags do so in other company, or the hashtags meet no
more often than independent use would have it. Where the talk about a common hashtag swells, every row that holds it
swells with it.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.labels import labels_of
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "tags_apart"
LABEL = "tags also used apart"


def check(case: Case) -> BenignCheck:
    """Supported when its hashtags are used apart as much as together."""
    labels = labels_of(case)
    if labels is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if LABEL in labels:
        return supported(NAME, "Its hashtags are used apart meanwhile, or meet no more often than by chance.")
    return not_supported(NAME, "Its hashtags are used in this row and hardly otherwise.")
