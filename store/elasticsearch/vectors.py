"""Vectors by id, and the nearest of a vector.

The index finds candidates among rounded vectors; their cosines are computed here from the vectors as they were filed,
which stand beside, so that they are exact and come back to the bit.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from store.contract import Neighbours
from store.elasticsearch import names
from store.elasticsearch.bulk import Write, require_all, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import make_index
from store.elasticsearch.hits import PAGE, all_with, count
from store.elasticsearch.identifiers import from_term, identity_term, to_key, to_keys
from store.elasticsearch.mappings import VECTORS
from store.elasticsearch.vector_ranking import Filed, among, nearest_of_all
from store.errors import StoreError

Vectors = NDArray[np.float32]
Graph = Literal["int8_hnsw", "bbq_hnsw"]

_ABSENT = {"ignore_unavailable": "true", "allow_no_indices": "true"}
_QUESTIONS = 50
_LEAST_DIMENSIONS = 64  # of bbq_hnsw
_WIDER, _LEAST_CANDIDATES, _MOST_CANDIDATES = 4, 200, 10_000


class _Fields(msgspec.Struct, frozen=True):
    id: list[str] = []
    exact: list[bytes] = []


class _Hit(msgspec.Struct, frozen=True):
    key: str = msgspec.field(name="_id")
    fields: _Fields = _Fields()
    sort: list[Any] = []


class _Hits(msgspec.Struct, frozen=True):
    hits: list[_Hit] = []


class _Found(msgspec.Struct, frozen=True):
    hits: _Hits = _Hits()


class _Answers(msgspec.Struct, frozen=True):
    responses: list[_Found]


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
        return dict(self._with_keys(index, keys))

    def nearest(self, name: str, vectors: Vectors, k: int) -> Neighbours:
        """The k nearest of each vector by cosine, ties by id."""
        index = self._index(name)
        if k < 1 or not len(vectors) or self._known_dimensions(index) is None:
            return Neighbours([[] for _ in vectors], [np.empty(0, np.float32) for _ in vectors])
        self._check(name, index, vectors)
        if count(self._connection, index, {"match_all": {}}) <= max(self._exact_below, k):
            return nearest_of_all(self._all(index), vectors, k)
        candidates = [found for part in _parts(vectors, _QUESTIONS) for found in self._candidates(index, part, k)]
        filed = self._with_keys(index, sorted({key for found in candidates for key in found}))
        return among(Filed.of(filed), candidates, vectors, k)

    def _candidates(self, index: str, vectors: Vectors, k: int) -> list[list[str]]:
        wanted = min(_WIDER * k, _MOST_CANDIDATES)
        looked_at = min(max(_LEAST_CANDIDATES, 2 * wanted), _MOST_CANDIDATES)
        head = b'{"index":"' + index.encode() + b'"}\n'
        body = b"".join(head + _question(vector, wanted, looked_at) + b"\n" for vector in vectors)
        params = {"filter_path": "responses.hits.hits._id,responses.status"}
        answers = self._connection.read("POST", "/_msearch", body, type=_Answers, params=params)
        return [[hit.key for hit in answer.hits.hits] for answer in answers.responses]

    def _with_keys(self, index: str, keys: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
        for part in _parts(keys, PAGE):
            yield from map(_filed, self._search(index, {"query": all_with(part), "size": len(part)}))

    def _all(self, index: str) -> Iterator[tuple[str, Vectors]]:
        after: list[Any] | None = None
        while True:
            body: dict[str, Any] = {"query": {"match_all": {}}, "size": PAGE, "sort": ["id"]}
            hits = self._search(index, body if after is None else {**body, "search_after": after})
            yield from map(_filed, hits)
            if len(hits) < PAGE:
                return
            after = hits[-1].sort

    def _search(self, index: str, body: Mapping[str, Any]) -> list[_Hit]:
        asked = {"_source": False, "docvalue_fields": ["id", "exact"], "track_total_hits": False, **body}
        return self._connection.read("POST", f"/{index}/_search", asked, type=_Found, params=_ABSENT).hits.hits

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
    vector = {**VECTORS["properties"]["vector"], "dims": dimensions, "index_options": {"type": graph}}
    return {**VECTORS, "properties": {**VECTORS["properties"], "vector": vector}}


def _source(identity: str, row: Vectors) -> bytes:
    return msgspec.json.encode({"id": identity_term(identity), "vector": row.tolist(), "exact": row.tobytes()})


def _question(vector: Vectors, wanted: int, looked_at: int) -> bytes:
    knn = {"field": "vector", "query_vector": vector.tolist(), "k": wanted, "num_candidates": looked_at}
    return msgspec.json.encode({"knn": knn, "size": wanted, "_source": False, "track_total_hits": False})


def _filed(hit: _Hit) -> tuple[str, Vectors]:
    return from_term(hit.fields.id[0]), np.frombuffer(hit.fields.exact[0], "<f4")


T = TypeVar("T", Vectors, Sequence[str])


def _parts(values: T, size: int) -> Iterator[T]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
