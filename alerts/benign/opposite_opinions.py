"""Do the members say opposite things in the same words? Then it is a debate that they share, not a message.

Asked of short messages: between a fifth and four fifths deny what the family's most typical one says. In a long
letter a "not" in someone's own sentences turns nothing around, so it is not asked there. A campaign could hide by
posting its own denial as often; it would stand in the report as explained, with the count of both sides.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, share, supported

NAME = "opposite_opinions"
LEAST, MOST = 0.2, 0.8
LONG_WORDS = 60


def check(case: Case) -> BenignCheck:
    """Supported when both sides are present in numbers."""
    total = len(case.finding.members)
    if not total:
        return not_judged(NAME, "No message of the family is at hand.")
    if len(case.typical) > LONG_WORDS:
        words = len(case.typical)
        return not_judged(NAME, f"The messages are about {words} words long: one 'not' does not turn them around.")
    denying = sum("negation" in member.variants for member in case.finding.members)
    if LEAST * total <= denying <= MOST * total:
        return supported(NAME, f"{share(denying, total)} messages deny what the others say.")
    return not_supported(NAME, f"{share(denying, total)} messages deny what the most typical one says.")
