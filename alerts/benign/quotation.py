"""Is it a quotation that people pass on? Quotation marks alone prove nothing: anyone can add them.

Asked of at least 70 % of the members: the shared words stand in a quotation, the quotation says whose words it holds,
and the sender adds words of his own that the others do not use. The shared text is at most 80 words long: a longer one
is a letter in quotation marks. Limit: a campaign whose senders each attribute the text and write their own comment
cannot be told from a quotation by its text; the report counts it among the explained families.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case, Reading
from alerts.benign.verdict import not_judged, not_supported, share, supported
from alerts.shingles import differ

NAME = "quotation"
MOST = 0.7
LONGEST_WORDS = 80
ATTRIBUTION_WORDS = 8


def in_quotation(reading: Reading) -> bool:
    """Whether the shared words stand in a quotation, but for a few that may be the attribution."""
    outside = reading.shared - reading.quoted
    return reading.quoted >= 4 and outside <= max(ATTRIBUTION_WORDS, reading.shared // 5)


def check(case: Case) -> BenignCheck:
    """Supported when most members quote with attribution and comment in words of their own."""
    total = len(case.readings)
    if not total or not case.shared:
        return not_judged(NAME, "The members share no wording that could be a quotation.")
    quoting = sum(in_quotation(reading) for reading in case.readings)
    if quoting < MOST * total:
        return not_supported(NAME, f"The shared text stands in quotation marks in {share(quoting, total)} messages.")
    if len(case.shared_words) > LONGEST_WORDS:
        return not_supported(NAME, f"The text in quotation marks is {len(case.shared_words)} words long: a letter.")
    attributed = sum(reading.attributed for reading in case.readings)
    if attributed < MOST * total:
        return not_supported(NAME, f"Only {share(attributed, total)} messages say whose words they quote.")
    own = sum(differ(reading.own for reading in case.readings))
    if own < MOST * total:
        return not_supported(NAME, f"Only {share(own, total)} messages add a comment that the others do not use.")
    return supported(
        NAME, f"{share(quoting, total)} messages quote, {attributed} say whom, {own} comment in own words."
    )
