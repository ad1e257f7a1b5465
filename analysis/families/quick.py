"""Copies as they come in: a batch against the window, through the store's band keys, without a model.

A wording belongs to the family of any wording it shares half of its word-3 shingles with. That depends on the pair
alone, so the order of arrival does not matter; what depends on how much has been seen (surprise bits, rewordings, the
exact p) is brought in when the whole window is reconciled.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from analysis.families.copies import COPY_JACCARD
from analysis.families.membership import Membership
from analysis.families.overlap import jaccard
from analysis.wordings import Wordings, wordings


class Joined(msgspec.Struct, frozen=True):
    """Two wordings of one family, by their text ids, and their Jaccard similarity."""

    left: str
    right: str
    similarity: float


def joins(
    texts: Mapping[str, str], query: Sequence[str], candidate: Sequence[str], *, least: float = COPY_JACCARD
) -> list[Joined]:
    """Of the candidate pairs (query[i], candidate[i]), those that are near-copies; `texts` has the text of each id."""
    ids = sorted(texts)
    place = {identity: i for i, identity in enumerate(ids)}
    table: Wordings = wordings([texts[identity] for identity in ids])
    left: NDArray[np.int64] = np.fromiter((place[i] for i in query), dtype=np.int64, count=len(query))
    right: NDArray[np.int64] = np.fromiter((place[i] for i in candidate), dtype=np.int64, count=len(candidate))
    if not len(left):
        return []
    similarity = jaccard(table, Membership(table), left, right)
    return [
        Joined(query[i], candidate[i], float(similarity[i]))
        for i in np.flatnonzero((similarity >= least) & (left != right)).tolist()
    ]
