"""Do the members say opposite things in the same words? Then it is a debate that they share, not a message.

Asked: between a fifth and four fifths of the members deny what the family's medoid says. It only informs, since a "not"
in someone's own words may count as a denial; families are parted by what they deny before they come here.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, share, supported

NAME = "opposite_opinions"
LEAST, MOST = 0.2, 0.8


def check(case: Case) -> BenignCheck:
    """Supported when both sides are present in numbers."""
    total = len(case.finding.members)
    if not total:
        return not_judged(NAME, "No message of the family is at hand.")
    denying = sum("negation" in member.variants for member in case.finding.members)
    if LEAST * total <= denying <= MOST * total:
        return supported(NAME, f"{share(denying, total)} messages deny what the others say.")
    return not_supported(NAME, f"{share(denying, total)} messages deny what the most typical one says.")
