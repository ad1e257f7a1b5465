"""Sub-families: campaigns that draw on one phrase bank hang together and yet are several.

A unit's members are compared pair by pair (Jaccard of word-3 shingles); where Leiden's communities (Traag, Waltman and
van Eck 2019) explain that much more than chance (modularity of at least LEAST_MODULARITY on the dense graph, where a
letter of one template has none), each community is a family and the unit their umbrella.
"""

from random import Random

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.wordings import SHINGLE_BITS, Wordings, ranges

LEAST_MODULARITY = 0.06
_SMALLEST_UNIT = 6
_LARGEST_UNIT = 1_500
_ROUNDS = 4
_MASK = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)


def sub_families(
    wordings: Wordings, unit: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A label per wording, finer than `unit` where a unit falls into communities."""
    label = unit.copy()
    fresh = int(unit.max(initial=-1)) + 1
    order = np.argsort(unit, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(unit[order])) + 1)
    for members in groups:
        if len(members) < _SMALLEST_UNIT:
            continue
        community = communities(wordings, members, left, right)
        for value in range(1, int(community.max()) + 1):
            label[members[community == value]] = fresh
            fresh += 1
    return label


def communities(
    wordings: Wordings, members: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A community number for each member, all 0 where the unit is one family. `members` are sorted."""
    seen = members if len(members) <= _LARGEST_UNIT else members[:: -(-len(members) // _LARGEST_UNIT)]
    split = _parted(_similarity(wordings, seen))
    if not split.any() or len(seen) == len(members):
        return split
    return _spread(members, seen, split, left, right)


def _similarity(wordings: Wordings, members: NDArray[np.int64]) -> NDArray[np.float64]:
    counts = wordings.shingle_counts[members]
    hashes = wordings.shingles[ranges(wordings.shingle_starts[members], counts)] & _MASK
    _, column = np.unique(hashes, return_inverse=True)
    starts = np.concatenate([[0], np.cumsum(counts)])
    held = csr_array((np.ones(len(column), np.float32), column, starts), shape=(len(members), int(column.max()) + 1))
    shared = (held @ held.T).toarray().astype(np.float64)
    similarity = np.asarray(shared / np.maximum(counts[:, None] + counts[None, :] - shared, 1), dtype=np.float64)
    np.fill_diagonal(similarity, 0.0)
    return similarity


def _parted(similarity: NDArray[np.float64]) -> NDArray[np.int64]:
    """Communities, parted again while that explains as much: modularity does not see the small ones beside large."""
    split = _leiden(similarity)
    if not split.any():
        return split
    parted = np.zeros(len(split), np.int64)
    fresh = 0
    for value in range(int(split.max()) + 1):
        inside = np.flatnonzero(split == value)
        finer = _parted(similarity[np.ix_(inside, inside)]) if len(inside) >= _SMALLEST_UNIT else np.zeros_like(inside)
        parted[inside] = finer + fresh
        fresh += int(finer.max(initial=0)) + 1
    return parted


def _leiden(similarity: NDArray[np.float64]) -> NDArray[np.int64]:
    graph, weights = _graph(similarity)
    # igraph draws from one generator for all; a fresh one makes each unit's outcome its own.
    igraph.set_random_number_generator(Random(0))  # noqa: S311 - an order to go through a graph, no secret
    partition = graph.community_leiden("modularity", weights=weights, n_iterations=_ROUNDS)
    if len(partition) < 2 or partition.modularity < LEAST_MODULARITY:
        return np.zeros(len(similarity), np.int64)
    return np.asarray(partition.membership, dtype=np.int64)


def _graph(similarity: NDArray[np.float64]) -> tuple[igraph.Graph, list[float]]:
    """The graph of the pairs that share wording, and their similarities."""
    left, right = np.triu_indices(len(similarity), 1)
    weights = similarity[left, right]
    # Nearly all pairs share some, and a full graph takes a tenth of the time that a list of its edges takes.
    graph = igraph.Graph.Full(len(similarity))
    graph.delete_edges(np.flatnonzero(weights == 0).tolist())
    return graph, weights[weights != 0].tolist()


def _spread(
    members: NDArray[np.int64],
    seen: NDArray[np.int64],
    split: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Communities of the sampled members carried over the unit's edges to the others, nearest first."""
    place = {int(member): i for i, member in enumerate(members)}
    community = np.full(len(members), -1, np.int64)
    community[[place[int(member)] for member in seen]] = split
    inside = np.isin(left, members) & np.isin(right, members)
    a = np.array([place[int(x)] for x in left[inside]], dtype=np.int64)
    b = np.array([place[int(x)] for x in right[inside]], dtype=np.int64)
    while (community < 0).any():
        before = int((community < 0).sum())
        votes = np.zeros((len(members), int(split.max()) + 1), np.int64)
        for source, target in ((a, b), (b, a)):
            told = community[source] >= 0
            np.add.at(votes, (target[told], community[source[told]]), 1)
        reached = (community < 0) & (votes.sum(axis=1) > 0)
        community[reached] = votes[reached].argmax(axis=1)
        if int((community < 0).sum()) == before:
            community[community < 0] = 0
    return community
