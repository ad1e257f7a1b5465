"""Clusters of units that say the same in other words: local contrast of cosines against the topic's own background.

The local ratio of a pair is (cos - b) / (1 - b), b being the larger of both ends' cosine at rank K over distinct units:
0 is as alike as strangers on this topic are, 1 is the same text. It keeps its meaning as a topic fills up, where any
fixed cosine joins strangers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from analysis.families.chance import RatioTail, ratio_tail
from analysis.families.copies import pieces
from analysis.families.neighbours import nearest
from analysis.families.percolation import LEVELS, joined_groups, size_tail

LEAST_COSINE = 0.6
LEAST_LINKAGE_COSINE = 0.5
LEAST_RATIO = 0.3
SCALES = (15, 60)
CLOSENESS = "local ratio of cosines"
SIZE = "size of a group of close texts"
_BEST = 10
_LARGEST_PIECE = 3_000


@dataclass(frozen=True)
class Cluster:
    """Units (their indices) that belong together, the statistic that says so, its p and q."""

    units: NDArray[np.int64]
    statistic: str
    observed: float
    expected: float
    p: float
    q: float


@dataclass(frozen=True)
class _Scale:
    near: NDArray[np.int64]
    cosine: NDArray[np.float32]
    ratio: NDArray[np.float64]
    rank: int


def semantic_clusters(vectors: NDArray[np.float32], known: NDArray[np.bool_], q_max: float) -> list[Cluster]:
    """Clusters of units by the unit vectors of their medoids, each significant at `q_max`.

    `known` marks units that are families already by their wording: they do not count as background.
    """
    n = len(vectors)
    ranks = [rank for rank in SCALES if n > 2 * rank] or ([max(n // 3, 1)] if n >= 4 else [])
    if not ranks:
        return []
    near, cosine = nearest(vectors, min(max(ranks) + 4, n - 1))
    candidates: list[Cluster] = []
    for rank in ranks:
        scale = _scale(near, cosine, rank)
        smallest = 2 if rank == min(ranks) else int(0.6 * min(ranks))
        candidates += [c for c in _by_closeness(vectors, scale, known, q_max) if len(c.units) >= smallest]
        if rank == max(SCALES):
            candidates += _by_size(scale, known, q_max)
    return _apart(candidates, n)


def _apart(candidates: list[Cluster], n: int) -> list[Cluster]:
    """Clusters that share no unit, the least likely by chance first."""
    taken = np.zeros(n, bool)
    found = []
    for cluster in sorted(candidates, key=lambda c: (c.p, -len(c.units), int(c.units[0]))):
        if not taken[cluster.units].any():
            taken[cluster.units] = True
            found.append(cluster)
    return found


def _scale(near: NDArray[np.int64], cosine: NDArray[np.float32], rank: int) -> _Scale:
    base = cosine[:, min(rank, cosine.shape[1]) - 1].astype(np.float64)
    both = np.maximum(base[:, None], base[near])
    ratio = (cosine - both) / np.maximum(1 - both, 1e-6)
    return _Scale(near, cosine, ratio, rank)


def _by_closeness(vectors: NDArray[np.float32], scale: _Scale, known: NDArray[np.bool_], q_max: float) -> list[Cluster]:
    """Groups whose members are closer to each other than independent texts come."""
    groups = _groups(vectors, scale)
    inside = np.zeros(len(vectors), bool)
    for group in groups:
        if len(group) >= 4:
            inside[group] = True
    best = -np.sort(-scale.ratio, axis=1)[:, :_BEST]
    tail = ratio_tail(best[~(inside | known)])
    tested = [_judge(group, scale, tail, len(vectors)) for group in groups]
    q = _false_discovery_rates([len(group) for group in groups], [t[2] for t in tested])
    return [
        Cluster(group, CLOSENESS, ratio, expected, min(1.0, expected), value)
        for group, (ratio, _, expected), value in zip(groups, tested, q, strict=True)
        if value <= q_max
    ]


def _by_size(scale: _Scale, known: NDArray[np.bool_], q_max: float) -> list[Cluster]:
    """Groups larger than independent texts at this closeness make them."""
    found = []
    for level in LEVELS:
        left, column = np.nonzero((scale.ratio >= level) & (scale.cosine >= LEAST_LINKAGE_COSINE))
        groups = joined_groups(len(known), left, scale.near[left, column])
        tail = size_tail(np.array([len(g) for g in groups if known[g].mean() < 0.5], dtype=np.int64))
        # Each level is one look at the data.
        expected = [len(LEVELS) * tail.expected(len(group)) for group in groups]
        for group, chance in zip(groups, expected, strict=True):
            q = min(1.0, chance / max(sum(other <= chance for other in expected), 1))
            if q <= q_max:
                found.append(Cluster(group, SIZE, float(len(group)), chance, min(1.0, chance), q))
    return found


def _false_discovery_rates(sizes: list[int], expected: list[float]) -> list[float]:
    """Benjamini-Hochberg over units: a group's q is the units that chance would put this far out over those there."""
    order = sorted(range(len(sizes)), key=lambda i: expected[i] * sizes[i])
    q, reached, least = [1.0] * len(sizes), sum(sizes), 1.0
    for i in reversed(order):
        least = min(least, expected[i] * sizes[i] / reached)
        q[i] = least
        reached -= sizes[i]
    return q


def _groups(vectors: NDArray[np.float32], scale: _Scale) -> list[NDArray[np.int64]]:
    left, column = np.nonzero((scale.ratio >= LEAST_RATIO) & (scale.cosine >= LEAST_COSINE))
    right = scale.near[left, column]
    strength = scale.ratio[left, column]
    groups: list[NDArray[np.int64]] = []
    for members in _pieces_below(len(vectors), left, right, strength):
        groups.extend(_complete_linkage(vectors, members))
    return groups


def _pieces_below(
    n: int, left: NDArray[np.int64], right: NDArray[np.int64], strength: NDArray[np.float64]
) -> list[NDArray[np.int64]]:
    """Connected pieces of at most _LARGEST_PIECE; a larger one is cut again at a higher ratio."""
    waiting, done = [(left, right, strength, LEAST_RATIO)], []
    while waiting:
        a, b, s, least = waiting.pop()
        label = pieces(n, a, b)
        order = np.argsort(label, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
            if len(members) > _LARGEST_PIECE:
                inside = np.isin(a, members) & (s >= least + 0.05)
                waiting.append((a[inside], b[inside], s[inside], least + 0.05))
            elif len(members) > 1:
                done.append(members)
    return done


def _complete_linkage(vectors: NDArray[np.float32], members: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    if len(members) == 2:
        return [members]
    inside = vectors[members]
    distance = 1.0 - np.clip(inside @ inside.T, -1.0, 1.0).astype(np.float64)
    distance = (distance + distance.T) / 2
    np.fill_diagonal(distance, 0.0)
    label = fcluster(
        linkage(squareform(distance, checks=False), "complete"), 1 - LEAST_LINKAGE_COSINE, criterion="distance"
    )
    return [members[label == value] for value in np.unique(label) if (label == value).sum() > 1]


def _judge(group: NDArray[np.int64], scale: _Scale, tail: RatioTail, n: int) -> tuple[float, int, float]:
    """The group's median k-th best local ratio within itself, k, and the expected number of such groups."""
    rank = min(len(group) - 1, _BEST, max(int(0.6 * scale.rank), 1))
    inside = np.isin(scale.near[group], group)
    ratio = -np.sort(-np.where(inside, scale.ratio[group], -1.0), axis=1)[:, rank - 1]
    middle = float(np.median(ratio))
    expected = n / len(group) * tail.beyond(middle, rank)
    return middle, rank, expected
