"""Could they have met at a source that the data do not show?

Asked: for what ties the accounts its origin is known (the site of a link, who wrote what is reposted). Fans of one hub
share its things within a minute of each other and are strangers; where the origin is not known that is not excluded.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, supported

NAME = "common_source"


def check(case: Case) -> BenignCheck:
    """Supported, for want of proof against it, when the origin of the shared things is not in the data."""
    network = case.finding.network
    if network is None:
        return not_judged(NAME, "The finding is about texts, not about what accounts do.")
    if not network.source_known:
        return supported(
            NAME, "A common source is not excluded: the data do not show where the shared things come from."
        )
    return not_supported(NAME, "The origin of the shared things is known and does not explain that they coincide.")
