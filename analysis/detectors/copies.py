"""Copies: the families detector's first step alone, for messages that just came in; no model, no window in memory."""

from analysis.corpus import Corpus
from analysis.families.background import Background
from analysis.families.findings import findings, senders_per_wording
from analysis.families.grouping import copied_wordings
from analysis.families.links import links
from analysis.finding import Finding

VERSION = "1"


def detect(corpus: Corpus, *, background: Background, population: int) -> list[Finding]:
    """Families of near-copies among the corpus, judged as part of `population` messages with that background."""
    if not corpus.messages:
        return []
    grouping = copied_wordings(corpus.wordings, corpus.keys, senders_per_wording(corpus), background, population)
    near = links(corpus.wordings, grouping, None)
    return findings(corpus, grouping, near, version=VERSION)
