"""From graphs to families: which wordings stand together, under which umbrella, and how likely that is by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from analysis.families.chance import as_probability, benjamini_hochberg, tree_log_expected
from analysis.families.lexical import LexicalGraph, lexical_graph, self_bits
from analysis.families.semantic import Cluster, semantic_clusters
from analysis.families.umbrellas import sub_families
from analysis.wordings import Wordings

SEMANTIC_WORDS = 6


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


@dataclass(frozen=True)
class Grouping:
    """All families of a corpus and the lexical graph they rest on."""

    groups: list[Group]
    graph: LexicalGraph


def group_wordings(
    wordings: Wordings,
    keys: NDArray[np.uint64],
    senders: NDArray[np.int64],
    vectors: NDArray[np.float32] | None,
    excluded: NDArray[np.uint64],
    q_max: float,
) -> Grouping:
    """Families of wordings. `senders[w]` is by how many senders wording w was used; no vectors, no rewordings."""
    graph = lexical_graph(wordings, keys, excluded)
    label = sub_families(wordings, graph.unit, graph.left, graph.right)
    _, label = np.unique(label, return_inverse=True)
    lexical = _lexical_groups(wordings, graph, label, senders)
    if vectors is None:
        return Grouping([g for g in lexical.values() if _repeats(g, senders)], graph)
    clusters = _clusters(wordings, graph, label, senders, vectors, q_max)
    taken = np.zeros(int(label.max(initial=-1)) + 1, bool)
    groups = []
    for cluster in clusters:
        taken[cluster.units] = True
        groups.append(_joined(cluster, [lexical[int(unit)] for unit in cluster.units]))
    groups += [g for unit, g in lexical.items() if not taken[unit] and _repeats(g, senders)]
    return Grouping(groups, graph)


def _repeats(group: Group, senders: NDArray[np.int64]) -> bool:
    return len(group.wordings) > 1 or int(senders[group.wordings].sum()) > 1


def _lexical_groups(
    wordings: Wordings, graph: LexicalGraph, label: NDArray[np.int64], senders: NDArray[np.int64]
) -> dict[int, Group]:
    order = np.argsort(label, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if len(order) else []
    tree = _spanning_bits(graph, label)
    own = self_bits(wordings, graph.core)
    repeated = own * (senders - 1)
    umbrellas = np.bincount(graph.unit[[m[0] for m in members]]) if members else np.zeros(0, np.int64)
    population = int(senders.sum())
    groups, logs = {}, []
    for unit, inside in enumerate(members):
        count = int(senders[inside].sum())
        bits = float(tree[unit] + repeated[inside].sum())
        log_expected = tree_log_expected(population, count, bits)
        umbrella = int(graph.unit[inside[0]]) if umbrellas[graph.unit[inside[0]]] > 1 else -1
        per_link = bits / max(count - 1, 1)
        expected = float(np.exp(min(log_expected, 700.0)))
        logs.append(as_probability(log_expected))
        groups[unit] = Group(inside, umbrella, "surprise bits", per_link, expected, logs[-1], 1.0)
    tested = [unit for unit, group in groups.items() if _repeats(group, senders)]
    q = benjamini_hochberg(np.array([logs[unit] for unit in tested])) if tested else np.zeros(0)
    for unit, value in zip(tested, q, strict=True):
        groups[unit] = _with_q(groups[unit], float(value))
    return groups


def _with_q(group: Group, q: float) -> Group:
    return Group(group.wordings, group.umbrella, group.statistic, group.observed, group.expected, group.p, q)


def _spanning_bits(graph: LexicalGraph, label: NDArray[np.int64]) -> NDArray[np.float64]:
    """Summed bits of the strongest spanning tree inside each label."""
    inside = label[graph.left] == label[graph.right]
    left, right, bits = graph.left[inside], graph.right[inside], graph.bits[inside]
    n = len(label)
    ceiling = float(bits.max(initial=0.0)) + 1.0
    tree = minimum_spanning_tree(coo_array((ceiling - bits, (left, right)), shape=(n, n))).tocoo()
    labels = int(label.max(initial=-1)) + 1
    return np.bincount(label[tree.row], weights=ceiling - tree.data, minlength=labels).astype(np.float64)


def _clusters(
    wordings: Wordings,
    graph: LexicalGraph,
    label: NDArray[np.int64],
    senders: NDArray[np.int64],
    vectors: NDArray[np.float32],
    q_max: float,
) -> list[Cluster]:
    """Semantic clusters over labels; parts of an umbrella and texts of a few words take no part."""
    parts = np.bincount(graph.unit, weights=_firsts(label))
    lone = parts[graph.unit] == 1
    order = np.lexsort((np.arange(len(label)), -senders, label))
    first = order[np.concatenate([[True], np.diff(label[order]) != 0])]
    eligible = lone[first] & (wordings.lengths[first] >= SEMANTIC_WORDS)
    chosen = first[eligible]
    known = np.bincount(label)[label[chosen]] > 1
    found = semantic_clusters(vectors[chosen], known, q_max)
    return [
        Cluster(label[chosen[c.units]], c.ratio, c.rank, c.expected, c.p, c.q) for c in found
    ]


def _firsts(label: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 at the first wording of each label."""
    mark = np.zeros(len(label))
    mark[np.unique(label, return_index=True)[1]] = 1
    return mark


def _joined(cluster: Cluster, parts: list[Group]) -> Group:
    members = np.sort(np.concatenate([part.wordings for part in parts]))
    best = min(parts, key=lambda part: part.p)
    # Two kinds of evidence were looked at, and the better one is told: twice its p, at most one.
    if best.q < cluster.q and len(best.wordings) * 2 >= len(members):
        p, q = min(1.0, 2 * best.p), min(1.0, 2 * best.q)
        return Group(members, -1, best.statistic, best.observed, best.expected, p, q)
    p, q = min(1.0, 2 * cluster.p), min(1.0, 2 * cluster.q)
    return Group(members, -1, "local ratio of cosines", cluster.ratio, cluster.expected, p, q)
