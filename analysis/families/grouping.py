"""From graphs to families: which wordings stand together, under which umbrella, and how likely that is by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from analysis.families.background import Background
from analysis.families.chance import as_probability, benjamini_hochberg, tree_log_expected
from analysis.families.joining import Group, joined, stand_apart
from analysis.families.lexical import LexicalGraph, copy_graph, lexical_graph, self_bits
from analysis.families.semantic import Cluster, semantic_clusters
from analysis.families.umbrellas import sub_families
from analysis.wordings import Wordings

SEMANTIC_WORDS = 6
LETTER_WORDS = 60
LETTER_SENDERS = 5


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
    *,
    excluded: NDArray[np.uint64],
    q_max: float,
) -> Grouping:
    """Families of wordings. `senders[w]` is by how many senders wording w was used; no vectors, no rewordings."""
    graph = lexical_graph(wordings, keys, excluded)
    _, label = np.unique(sub_families(wordings, graph.unit, graph.left, graph.right), return_inverse=True)
    lexical = lexical_groups(wordings, graph, label, senders, int(senders.sum()))
    if vectors is None:
        return Grouping(list(lexical.values()), graph)
    clusters = _clusters(wordings, graph, label, senders, vectors, q_max=q_max)
    members = _members(label)
    groups = []
    for number, cluster in enumerate(clusters):
        parts = {int(unit): lexical.pop(int(unit)) for unit in cluster.units if int(unit) in lexical}
        letters = {unit: part for unit, part in parts.items() if _is_letter(part, wordings, senders, q_max)}
        if len(letters) > 1:
            others = [members[unit] for unit in cluster.units.tolist() if unit not in letters]
            groups += stand_apart(list(letters.values()), others, vectors, umbrella=len(wordings) + number)
        else:
            inside = np.sort(np.concatenate([members[unit] for unit in cluster.units.tolist()]))
            groups.append(joined(cluster, inside, list(parts.values())))
    return Grouping([*groups, *lexical.values()], graph)


def _is_letter(part: Group, wordings: Wordings, senders: NDArray[np.int64], q_max: float) -> bool:
    """Whether a part is a family of letters of its own: long texts, several senders, beyond chance."""
    long = float(np.median(wordings.lengths[part.wordings])) >= LETTER_WORDS
    return long and part.q <= q_max and int(senders[part.wordings].sum()) >= LETTER_SENDERS


def _members(label: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The wordings of each label."""
    order = np.argsort(label, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)


def copied_wordings(
    wordings: Wordings, keys: NDArray[np.uint64], senders: NDArray[np.int64], against: Background, population: int
) -> Grouping:
    """Families of near-copies among a few wordings, judged as part of `population` messages with that background."""
    graph = copy_graph(wordings, keys, against)
    return Grouping(list(lexical_groups(wordings, graph, graph.core, senders, population).values()), graph)


def lexical_groups(
    wordings: Wordings,
    graph: LexicalGraph,
    label: NDArray[np.int64],
    senders: NDArray[np.int64],
    population: int,
) -> dict[int, Group]:
    """The labels that repeat, as groups: several wordings, or one that several senders used."""
    count = np.bincount(label, weights=senders).astype(np.int64)
    again = np.flatnonzero(senders > 1)
    repeated = self_bits(wordings, again, graph.against) * (senders[again] - 1)
    bits = _spanning_bits(graph, label) + np.bincount(label[again], weights=repeated, minlength=len(count))
    parts = np.bincount(graph.unit, weights=_firsts(label))
    order = np.argsort(label, kind="stable")
    starts = np.searchsorted(label[order], np.arange(len(count) + 1))
    tested = np.flatnonzero(count > 1)
    logs = [tree_log_expected(population, int(count[unit]), float(bits[unit])) for unit in tested]
    p = np.array([as_probability(log) for log in logs])
    q = benjamini_hochberg(p) if len(p) else p
    groups = {}
    for unit, log, p_value, q_value in zip(tested, logs, p, q, strict=True):
        members = order[starts[unit] : starts[unit + 1]]
        umbrella = int(graph.unit[members[0]])
        groups[int(unit)] = Group(
            wordings=members,
            umbrella=umbrella if parts[umbrella] > 1 else -1,
            statistic="surprise bits",
            observed=float(bits[unit]) / (int(count[unit]) - 1),
            expected=float(np.exp(min(log, 700.0))),
            p=float(p_value),
            q=float(q_value),
        )
    return groups


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
    *,
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
    return [Cluster(label[chosen[c.units]], c.statistic, c.observed, c.expected, c.p, c.q) for c in found]


def _firsts(label: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 at the first wording of each label."""
    mark = np.zeros(len(label))
    mark[np.unique(label, return_index=True)[1]] = 1
    return mark
