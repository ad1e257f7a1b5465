"""A semantic cluster meets the families that share wording: one family, or several letters under one umbrella."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.families.semantic import Cluster


@dataclass(frozen=True)
class Group:
    """A family in terms of wordings. `umbrella` numbers the phrase bank it draws on, -1 when it stands alone.

    `statistic`, `observed`, `expected`, `p`, `q` are the stronger of its two kinds of evidence.
    """

    wordings: NDArray[np.int64]
    umbrella: int
    statistic: str
    observed: float
    expected: float
    p: float
    q: float


def joined(cluster: Cluster, members: NDArray[np.int64], parts: list[Group]) -> Group:
    """The cluster as one family, with the stronger evidence of its meaning and of the wording of its parts."""
    best = min(parts, key=lambda part: part.p, default=None)
    if best is None or len(best.wordings) * 2 < len(members):
        return Group(members, -1, cluster.statistic, cluster.observed, cluster.expected, cluster.p, cluster.q)
    # Two kinds of evidence were looked at, and the better one is told: twice its p, at most one.
    told = best if best.q < cluster.q else cluster
    return Group(members, -1, told.statistic, told.observed, told.expected, min(1.0, 2 * told.p), min(1.0, 2 * told.q))


def stand_apart(
    letters: list[Group], others: list[NDArray[np.int64]], vectors: NDArray[np.float32], *, umbrella: int
) -> list[Group]:
    """Letters that mean the same in different wording stay families of their own under an umbrella.

    Two mailings of one organiser are two letters: only their wording tells them apart. The cluster's other wordings go
    to the letter that they are nearest to.
    """
    centres = np.stack([vectors[part.wordings].mean(axis=0) for part in letters])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    gathered = [[part.wordings] for part in letters]
    for wordings in others:
        nearest = int((vectors[wordings] @ centres.T).sum(axis=0).argmax())
        gathered[nearest].append(wordings)
    return [
        replace(part, wordings=np.sort(np.concatenate(inside)), umbrella=umbrella)
        for part, inside in zip(letters, gathered, strict=True)
    ]
