"""The background that a corpus is, for judging what comes in later."""

from analysis.corpus import Corpus
from analysis.families.background import Background, background
from analysis.families.copies import copy_edges, pieces
from analysis.families.membership import Membership


def wording_background(corpus: Corpus) -> Background:
    """How common each shingle is among the corpus's wordings, groups of near-copies counted once."""
    left, right, _ = copy_edges(corpus.wordings, Membership(corpus.wordings), corpus.keys)
    return background(corpus.wordings, pieces(len(corpus.wordings), left, right))
