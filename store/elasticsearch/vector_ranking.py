"""Exact cosines of vectors as they were filed, and the best of them: the same result however it is reached."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from store.contract import Neighbours
from store.elasticsearch.identifiers import to_key
from store.ranking import best, ranked, unranked

Vectors = NDArray[np.float32]

_QUERIES = 1_000


class Filed(msgspec.Struct, frozen=True):
    """Ids in their order, and their vectors."""

    ids: list[str]
    matrix: Vectors

    @classmethod
    def of(cls, filed: Iterable[tuple[str, Vectors]]) -> "Filed":
        """From pairs in any order."""
        pairs = sorted(filed, key=lambda pair: pair[0].encode("utf-8", "surrogatepass"))
        rows = [vector for _, vector in pairs]
        return cls([one for one, _ in pairs], np.stack(rows) if rows else np.empty((0, 0), np.float32))


def nearest_of_all(filed: Iterable[tuple[str, Vectors]], vectors: Vectors, k: int) -> Neighbours:
    """The k nearest of each vector among all of them."""
    known = Filed.of(filed)
    if not known.ids:
        return Neighbours([[] for _ in vectors], [np.empty(0, np.float32) for _ in vectors])
    documents: list[list[str]] = []
    cosines: list[NDArray[np.float32]] = []
    for start in range(0, len(vectors), _QUERIES):
        scores = vectors[start : start + _QUERIES] @ known.matrix.T
        places, found = unranked(best(ranked(scores, 0), k))
        documents += [[known.ids[place] for place in row] for row in places.tolist()]
        cosines += list(found)
    return Neighbours(documents, cosines)


def among(known: Filed, candidates: Sequence[Sequence[str]], vectors: Vectors, k: int) -> Neighbours:
    """The k nearest of each vector among its own candidates, given by their `_id`."""
    place = {to_key(one): at for at, one in enumerate(known.ids)}
    documents: list[list[str]] = []
    cosines: list[NDArray[np.float32]] = []
    for keys, vector in zip(candidates, vectors, strict=True):
        places = np.sort(np.array([place[key] for key in keys if key in place], np.int64))
        order, found = unranked(best(ranked((known.matrix[places] @ vector)[None, :], 0), k))
        documents.append([known.ids[one] for one in places[order[0]].tolist()])
        cosines.append(found[0])
    return Neighbours(documents, cosines)
