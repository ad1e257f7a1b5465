"""Communities of accounts: the connected pieces of the edges, and Leiden's communities inside each.

Leiden (Traag, Waltman and van Eck 2019) with modularity, an edge weighing -log10 of its p, over ten seeds. The
partition of best quality is taken where the seeds agree, by the mean adjusted Rand index of all pairs of them. Where
they do not, modularity found parts in a piece that has none, and the piece is one community.
"""

from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

import igraph
import leidenalg
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.sharing.significance import Edges

SEEDS = 10
_AGREED = 0.9
# No smaller piece falls apart: three accounts tied to each other are one community.
_SMALLEST_PIECE = 4


@dataclass(frozen=True)
class Community:
    """Accounts (sorted) and the places of the edges between them.

    `stability` is 0 to 1: how far the seeds agreed on the parts of the piece, also where it was then left whole.
    """

    accounts: NDArray[np.int64]
    edges: NDArray[np.int64]
    stability: float


def communities(edges: Edges, *, seed: int = 0) -> list[Community]:
    """The communities of these edges, by their first account; an edge between two communities is in neither."""
    names, ends = np.unique(np.concatenate([edges.left, edges.right]), return_inverse=True)
    left, right = ends[: len(edges)], ends[len(edges) :]
    graph = coo_array((np.ones(len(edges)), (left, right)), shape=(len(names), len(names)))
    _, piece = connected_components(graph, directed=False)
    label, stability = _labels(edges, left, right, piece, seed)
    inside = np.flatnonzero(label[left] == label[right])
    order = inside[np.argsort(label[left[inside]], kind="stable")]
    owner = label[left[order]]
    groups = np.split(order, np.flatnonzero(np.diff(owner)) + 1) if len(order) else []
    found = [
        Community(np.sort(names[label == label[left[group[0]]]]), np.sort(group), stability[piece[left[group[0]]]])
        for group in groups
    ]
    return sorted(found, key=lambda community: int(community.accounts[0]))


def _labels(
    edges: Edges, left: NDArray[np.int64], right: NDArray[np.int64], piece: NDArray[np.int64], seed: int
) -> tuple[NDArray[np.int64], dict[int, float]]:
    """A community number for each account, and by piece how stable its communities are."""
    label = np.full(len(piece), -1, np.int64)
    stability = {}
    weight = -np.log10(edges.p)
    by_piece = np.argsort(piece[left], kind="stable")
    fresh = 0
    for at in np.split(by_piece, np.flatnonzero(np.diff(piece[left[by_piece]])) + 1):
        if not len(at):
            continue
        number = int(piece[left[at[0]]])
        accounts = np.flatnonzero(piece == number)
        ends = np.searchsorted(accounts, np.stack([left[at], right[at]], axis=1))
        part, stability[number] = _parted(len(accounts), ends, weight[at], seed)
        label[accounts] = part + fresh
        fresh += int(part.max()) + 1
    return label, stability


def _parted(
    size: int, ends: NDArray[np.int64], weight: NDArray[np.float64], seed: int
) -> tuple[NDArray[np.int64], float]:
    """The best of ten partitions of one connected piece, and how far the ten agree."""
    if size < _SMALLEST_PIECE:
        return np.zeros(size, np.int64), 1.0
    graph = igraph.Graph(n=size, edges=ends.tolist(), edge_attrs={"weight": weight.tolist()})
    kind = leidenalg.ModularityVertexPartition
    tried = [
        leidenalg.find_partition(graph, kind, weights="weight", n_iterations=-1, seed=seed * SEEDS + one)
        for one in range(SEEDS)
    ]
    best = max(tried, key=lambda partition: partition.quality())
    agreement = _agreement([partition.membership for partition in tried])
    if agreement < _AGREED:
        return np.zeros(size, np.int64), agreement
    return np.array(best.membership, np.int64), agreement


def _agreement(memberships: list[list[int]]) -> float:
    pairs = combinations(memberships, 2)
    return fmean(1.0 if a == b else igraph.compare_communities(a, b, method="adjusted_rand") for a, b in pairs)
