"""Does it come from one organisation that says so?

Asked: at least 90 % of the members name the same organisation, or declare the same campaign, in the field that the
source has for it. A name in the running text is no declaration. Limit: that the organisation stands behind it is taken
from the data, not verified.
"""

from collections import Counter

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, share, supported

NAME = "official_accounts"
NEARLY_ALL = 0.9


def check(case: Case) -> BenignCheck:
    """Supported when the members all say for whom they speak, and it is one and the same."""
    total = len(case.messages)
    named = Counter(message.organisation.casefold() for message in case.messages if message.organisation)
    declared = Counter(message.declared_campaign.casefold() for message in case.messages if message.declared_campaign)
    if not named and not declared:
        return not_judged(NAME, "The data name no organisation.")
    most = max((*named.values(), *declared.values()))
    if most < NEARLY_ALL * total:
        return not_supported(NAME, f"At most {share(most, total)} messages name the same organisation or campaign.")
    return supported(NAME, f"{share(most, total)} messages name the same organisation or campaign as their sender.")
