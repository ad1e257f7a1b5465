"""Narratives: the looser layer above families. Which stories are told, and which families and messages carry each.

HDBSCAN (Campello, Moulavi and Sander 2013) over a sample of wordings, in the directions of most variance; the others
join the narrative of their nearest sampled wording when it is near enough. Used by the report, never by an alert.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.corpus import Corpus
from analysis.families.explain import key_words
from analysis.finding import Finding, Narrative

_SAMPLE = 4_000
_LEAST_SAMPLED = 10
_LABELLED_BY = 200
_DIMENSIONS = 16
_LEAST_COSINE = 0.45
_BLOCK = 4_096


def narratives(
    corpus: Corpus, vectors: NDArray[np.float32], families: Sequence[Finding], *, min_messages: int = 25
) -> list[Narrative]:
    """The narratives of at least `min_messages` messages, largest first; a message belongs to one at most."""
    n = len(corpus.texts)
    if n < 2 * min_messages:
        return []
    seen = np.sort(np.random.default_rng(0).permutation(n)[:_SAMPLE])
    label = _cluster(vectors[seen], max(_LEAST_SAMPLED, min_messages * len(seen) // n))
    spread = _spread(vectors, seen, label)
    return _described(corpus, spread, families, min_messages)


def _cluster(vectors: NDArray[np.float32], smallest: int) -> NDArray[np.int64]:
    import hdbscan  # noqa: PLC0415 - it brings scikit-learn: a second that most commands do not need

    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    flat = (centred @ directions[:_DIMENSIONS].T).astype(np.float64)
    found = hdbscan.HDBSCAN(
        # Leaves are the stories; the excess of mass of a week on one election is the election itself.
        min_cluster_size=smallest,
        min_samples=5,
        cluster_selection_method="leaf",
        core_dist_n_jobs=1,
    ).fit_predict(flat)
    return np.asarray(found, dtype=np.int64)


def _spread(vectors: NDArray[np.float32], seen: NDArray[np.int64], label: NDArray[np.int64]) -> NDArray[np.int64]:
    """A narrative number per wording, -1 for none."""
    full = np.full(len(vectors), -1, np.int64)
    told = label >= 0
    if not told.any():
        return full
    anchors, numbers = vectors[seen[told]], label[told]
    for start in range(0, len(vectors), _BLOCK):
        cosine = vectors[start : start + _BLOCK] @ anchors.T
        best = cosine.argmax(axis=1)
        near = cosine[np.arange(len(best)), best] >= _LEAST_COSINE
        full[start : start + len(best)][near] = numbers[best[near]]
    full[seen] = label
    return full


def _described(
    corpus: Corpus, label: NDArray[np.int64], families: Sequence[Finding], min_messages: int
) -> list[Narrative]:
    family_of = {member.message_id: family.id for family in families for member in family.members}
    inside: dict[int, list[int]] = defaultdict(list)
    for i, wording in enumerate(corpus.wording):
        if label[wording] >= 0:
            inside[int(label[wording])].append(i)
    found = []
    for indices in inside.values():
        messages = [corpus.messages[i] for i in indices]
        total = sum(message.weight for message in messages)
        if total < min_messages:
            continue
        carried = Counter(family_of[m.id] for m in messages if m.id in family_of)
        words = key_words(
            [m.text for m in messages], [corpus.annotations[i].language for i in indices], most=_LABELLED_BY
        )
        found.append(
            Narrative(
                id="n_" + hashlib.blake2b(messages[0].id.encode(), digest_size=8).hexdigest(),
                label=words,
                families=tuple(sorted(carried, key=lambda family: (-carried[family], family))),
                message_ids=tuple(sorted(m.id for m in messages)),
                messages=total,
            )
        )
    return sorted(found, key=lambda narrative: (-narrative.messages, narrative.id))
