"""How each wording of a family belongs: its nearest other wording, and by which similarity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.families.grouping import Grouping
from analysis.families.membership import Membership
from analysis.families.overlap import jaccard
from analysis.wordings import Wordings

_BLOCK = 2_048


@dataclass(frozen=True)
class Links:
    """Per wording its nearest other wording in the family (-1: none), the similarity, and whether that is a cosine."""

    nearest: NDArray[np.int64]
    similarity: NDArray[np.float64]
    cosine: NDArray[np.bool_]
    strength: NDArray[np.float64]


def links(wordings: Wordings, grouping: Grouping, vectors: NDArray[np.float32] | None) -> Links:
    """Links inside the families: shared wording first, cosine for those that share none."""
    n = len(wordings)
    group = np.full(n, -1, np.int64)
    for number, found in enumerate(grouping.groups):
        group[found.wordings] = number
    graph = grouping.graph
    inside = (group[graph.left] == group[graph.right]) & (group[graph.left] >= 0)
    left, right, value = graph.left[inside], graph.right[inside], graph.jaccard[inside].copy()
    unknown = value < 0
    value[unknown] = jaccard(wordings, Membership(wordings), left[unknown], right[unknown])
    nearest, similarity = _best(n, left, right, value)
    strength = np.bincount(left, value, n).astype(np.float64) + np.bincount(right, value, n)
    cosine = np.zeros(n, bool)
    if vectors is not None:
        for found in grouping.groups:
            alone = found.wordings[nearest[found.wordings] < 0]
            if len(alone) and len(found.wordings) > 1:
                near, cos = _nearest_cosine(vectors, alone, found.wordings)
                nearest[alone], similarity[alone], cosine[alone] = near, cos, True
    return Links(nearest, similarity, cosine, strength)


def _best(
    n: int, left: NDArray[np.int64], right: NDArray[np.int64], value: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    source, target, both = np.concatenate([left, right]), np.concatenate([right, left]), np.concatenate([value, value])
    order = np.lexsort((target, -both, source))
    source, target, both = source[order], target[order], both[order]
    first = np.concatenate([[True], source[1:] != source[:-1]]) if len(source) else np.zeros(0, bool)
    nearest, similarity = np.full(n, -1, np.int64), np.zeros(n)
    nearest[source[first]], similarity[source[first]] = target[first], both[first]
    return nearest, similarity


def _nearest_cosine(
    vectors: NDArray[np.float32], alone: NDArray[np.int64], members: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    near, best = [], []
    for start in range(0, len(alone), _BLOCK):
        rows = alone[start : start + _BLOCK]
        cosine = vectors[rows] @ vectors[members].T
        cosine[rows[:, None] == members[None, :]] = -2.0
        at = cosine.argmax(axis=1)
        near.append(members[at])
        best.append(cosine[np.arange(len(rows)), at])
    return np.concatenate(near), np.concatenate(best).astype(np.float64)
