"""Do the letters quote the text that is being consulted on, each with its own opinion of it?

Asked of at least 70 % of the members: the shared words come from the consulted text (when that is given), or stand in
quotation marks while the letter names an article, a page or the proposal; and the sender's own words, 12 at least,
differ from those of the others.
"""

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.quotation import in_quotation
from alerts.benign.verdict import not_judged, not_supported, share, supported
from alerts.shingles import containment, differ, shingles, words
from alerts.wordlists import PROVISION, holds

NAME = "consulted_text"
MOST = 0.7
OWN_WORDS = 12


def check(case: Case) -> BenignCheck:
    """Supported when what the letters share is the consulted text and what they add is their own."""
    total = len(case.readings)
    if not total or not case.shared:
        return not_judged(NAME, "The members share no wording that could come from the consulted text.")
    known = frozenset(shingle for text in case.consulted for shingle in shingles(words(text)))
    from_text = containment(case.shared, known) >= MOST
    quoting = sum(
        in_quotation(reading) and holds(words(message.text), PROVISION.of(message.language))
        for reading, message in zip(case.readings, case.sample, strict=True)
    )
    if not from_text and quoting < MOST * total:
        given = "" if case.consulted else " The consulted text itself was not given."
        return not_supported(NAME, f"{share(quoting, total)} messages quote a provision.{given}")
    own = sum(differ((reading.own for reading in case.readings), least=OWN_WORDS))
    if own < MOST * total:
        return not_supported(NAME, f"Only {share(own, total)} messages add an opinion in words of their own.")
    return supported(NAME, f"They quote the consulted text; {share(own, total)} add an opinion of their own.")
