"""How much an edition shows: a page on screen can fold detail away, paper cannot."""

import msgspec

from alerts.rules.rule import MIN_SHOWN

SMALLEST_SHOWN = MIN_SHOWN  # nothing that fewer messages share is printed, so that no row is about one person


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """`alerts_in_full`, `evidence` (messages an alert lists), `rows` of a long table, and the charts' font.

    `figures` puts the numbers of each chart beside it as a table.
    """

    alerts_in_full: int = 25
    evidence: int
    rows: int
    font: str
    figures: bool
    full_hashes: bool


SCREEN = Edition(evidence=50, rows=200, font="system-ui, sans-serif", figures=True, full_hashes=True)
PAPER = Edition(evidence=6, rows=40, font="Libertinus Serif", figures=False, full_hashes=False)
