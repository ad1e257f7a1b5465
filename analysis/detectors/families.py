"""Families: which messages say the same, copied, templated, reworded or translated."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.corpus import Corpus
from analysis.families.findings import findings, senders_per_wording
from analysis.families.grouping import group_wordings
from analysis.families.links import links
from analysis.finding import Finding
from analysis.wordings import SHINGLE_BITS, distinct, wordings

VERSION = "1"


def detect(
    corpus: Corpus,
    vectors: NDArray[np.float32] | None,
    *,
    q_max: float = 0.01,
    consulted_texts: Sequence[str] = (),
) -> list[Finding]:
    """All families of the corpus, each with its p and q; `vectors` are of its wordings (None: no rewordings).

    Rewordings join a family at `q_max`; repeated wording is a family whatever its q. `consulted_texts` (the draft
    under consultation, say) may be quoted by everyone: sharing their wording counts for nothing.
    """
    if not corpus.messages:
        return []
    mask = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)
    excluded = distinct(wordings(list(consulted_texts)).shingles & mask)
    grouping = group_wordings(
        corpus.wordings, corpus.keys, senders_per_wording(corpus), vectors, excluded=excluded, q_max=q_max
    )
    near = links(corpus.wordings, grouping, vectors)
    return findings(corpus, grouping, near, version=VERSION)
