"""Vectors by id, and the nearest of a vector.

The index finds candidates among rounded vectors; their cosines are computed here from the vectors as they were filed,
which stand beside, so that they are exact and come back to the bit.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from store.contract import Neighbours
from store.elasticsearch import names
from store.elasticsearch.bulk import Write, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import make_index
from store.elasticsearch.hits import count
from store.elasticsearch.identifiers import identity_term, to_key, to_keys
from store.elasticsearch.mappings import VECTORS
from store.elasticsearch.refused import require_all
from store.elasticsearch.vector_ranking import Filed, among, nearest_of_all
from store.elasticsearch.vector_reading import MOST_NEAREST, candidates, every, with_keys
from store.errors import StoreError

Vectors = NDArray[np.float32]
Graph = Literal["int8_hnsw", "bbq_hnsw"]

_SHARE = 20  # a graph finds few among many; a k that is more than a twentieth of all is not few
_LEAST_DIMENSIONS = 64  # of bbq_hnsw
# Segments of fewer vectors have no graph: to compare all of them takes milliseconds, a graph ten times the filing.
_NO_GRAPH_BELOW = 10_000


class VectorIndexes:
    """The vector indexes of a store; up to `exact_below` vectors `nearest` compares every one."""

    def __init__(self, connection: Connection, *, exact_below: int, graph: Graph) -> None:
        self._connection, self._exact_below, self._graph = connection, exact_below, graph
        self._dimensions: dict[str, int] = {}

    def add(self, name: str, ids: Sequence[str], vectors: Vectors) -> None:
        """File the vectors under their ids in place of those they had; of two with the same id the last counts."""
        if vectors.ndim != 2 or len(vectors) != len(ids):
            raise StoreError(f"vectors of shape {vectors.shape} for {len(ids)} ids: give one row per id")
        if not len(ids):
            return
        index = self._index(name)
        if self._known_dimensions(index) is None:
            make_index(self._connection, index, mapping=_mapping(vectors.shape[1], self._graph))
        self._check(name, index, vectors)
        latest = {one: np.ascontiguousarray(row, "<f4") for one, row in zip(ids, vectors, strict=True)}
        writes = [Write("index", index, to_key(one), _source(one, row)) for one, row in latest.items()]
        require_all(list(latest), write(self._connection, writes))

    def get(self, name: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those ids that have one."""
        index, keys = self._index(name), to_keys(ids)
        if self._known_dimensions(index) is None:
            return {}
        return dict(with_keys(self._connection, index, keys))

    def nearest(self, name: str, vectors: Vectors, k: int) -> Neighbours:
        """The k nearest of each vector by cosine, ties by id."""
        index = self._index(name)
        if k < 1 or not len(vectors) or self._known_dimensions(index) is None:
            return Neighbours([[] for _ in vectors], [np.empty(0, np.float32) for _ in vectors])
        self._check(name, index, vectors)
        there = count(self._connection, index, {"match_all": {}})
        if there <= max(self._exact_below, _SHARE * k) or k > MOST_NEAREST:
            return nearest_of_all(every(self._connection, index), vectors, k)
        found = candidates(self._connection, index, vectors, k)
        filed = with_keys(self._connection, index, sorted({key for keys in found for key in keys}))
        return among(Filed.of(filed), found, vectors, k)

    def _index(self, name: str) -> str:
        return names.special(self._connection.options.prefix, "vectors", name)

    def _known_dimensions(self, index: str) -> int | None:
        if index not in self._dimensions:
            answer = self._connection.send("GET", f"/{index}/_mapping", accept={404})
            if answer.status == 404:
                return None
            mapping = msgspec.json.decode(answer.body)
            dimensions = mapping[index]["mappings"]["properties"]["vector"].get("dims")
            if dimensions is None:
                return None
            self._dimensions[index] = dimensions
        return self._dimensions[index]

    def _check(self, name: str, index: str, vectors: Vectors) -> None:
        known = self._known_dimensions(index)
        if known is not None and known != vectors.shape[1]:
            raise StoreError(
                f"the vectors of index {name!r} have {known} numbers, these have {vectors.shape[1]}: "
                "use another index for another embedder"
            )


def _mapping(dimensions: int, graph: Graph) -> Mapping[str, Any]:
    graph = graph if dimensions >= _LEAST_DIMENSIONS else "int8_hnsw"
    vector = {
        **VECTORS["properties"]["vector"],
        "dims": dimensions,
        "index_options": {"type": graph, "flat_index_threshold": _NO_GRAPH_BELOW},
    }
    return {**VECTORS, "properties": {**VECTORS["properties"], "vector": vector}}


def _source(identity: str, row: Vectors) -> bytes:
    return msgspec.json.encode({"id": identity_term(identity), "vector": row.tolist(), "exact": row.tobytes()})
