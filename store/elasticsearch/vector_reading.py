"""Vectors read back as they were filed, and candidates for the nearest ones from the graph."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from store.elasticsearch.connection import Connection, Patience, is_blocked
from store.elasticsearch.explaining import Problem
from store.elasticsearch.hits import PAGE, WHOLE, all_with
from store.elasticsearch.identifiers import from_term

Vectors = NDArray[np.float32]

MOST_NEAREST = 2_500
_QUESTIONS = 50
_WIDER, _LEAST_CANDIDATES, _MOST_CANDIDATES = 4, 200, 10_000
_BUSY = 429


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
    status: int = 200
    error: Problem | None = None


class _Answers(msgspec.Struct, frozen=True):
    responses: list[_Found]


def with_keys(connection: Connection, index: str, keys: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
    """The ids and vectors under these `_id`s."""
    for part in _parts(keys, PAGE):
        yield from map(_filed, _search(connection, index, {"query": all_with(part), "size": len(part)}))


def every(connection: Connection, index: str) -> Iterator[tuple[str, Vectors]]:
    """All ids and vectors, by id."""
    body: dict[str, Any] = {"query": {"match_all": {}}, "size": PAGE, "sort": ["id"]}
    while True:
        hits = _search(connection, index, body)
        yield from map(_filed, hits)
        if len(hits) < PAGE:
            return
        body["search_after"] = hits[-1].sort


def candidates(connection: Connection, index: str, vectors: Vectors, k: int) -> list[list[str]]:
    """For each vector the `_id`s of several times k that the graph takes for the nearest; up to MOST_NEAREST."""
    found: list[list[str]] = []
    for part in _parts(vectors, _QUESTIONS):
        found += _candidates(connection, index, part, k)
    return found


def _candidates(connection: Connection, index: str, vectors: Vectors, k: int) -> list[list[str]]:
    """One request; what the server was too busy for is asked again."""
    patience = Patience(connection.options.timeout_seconds)
    found: list[list[str]] = [[] for _ in vectors]
    waiting = list(range(len(vectors)))
    while waiting:
        answers = _asked(connection, index, vectors[waiting], k)
        for place, answer in zip(waiting, answers, strict=True):
            found[place] = [hit.key for hit in answer.hits.hits]
        waiting = [place for place, answer in zip(waiting, answers, strict=True) if _is_busy(connection, answer)]
        if waiting and not patience.wait():
            raise connection.refused(_BUSY, Problem(type="es_rejected_execution_exception"))
    return found


def _asked(connection: Connection, index: str, vectors: Vectors, k: int) -> list[_Found]:
    wanted = _WIDER * k
    looked_at = min(max(_LEAST_CANDIDATES, 2 * wanted), _MOST_CANDIDATES)
    head = msgspec.json.encode({"index": index, "allow_partial_search_results": False}) + b"\n"
    body = b"".join(head + _question(vector, wanted, looked_at) + b"\n" for vector in vectors)
    params = {"filter_path": "responses.hits.hits._id,responses.status,responses.error"}
    return connection.read("POST", "/_msearch", body, type=_Answers, params=params).responses


def _is_busy(connection: Connection, answer: _Found) -> bool:
    if answer.error is None:
        return False
    if answer.status == _BUSY and not is_blocked(answer.error):
        return True
    raise connection.refused(answer.status, answer.error)


def _search(connection: Connection, index: str, body: Mapping[str, Any]) -> list[_Hit]:
    asked = {"_source": False, "docvalue_fields": ["id", "exact"], "track_total_hits": False, **body}
    return connection.read("POST", f"/{index}/_search", asked, type=_Found, params=WHOLE).hits.hits


def _question(vector: Vectors, wanted: int, looked_at: int) -> bytes:
    knn = {"field": "vector", "query_vector": vector.tolist(), "k": wanted, "num_candidates": looked_at}
    return msgspec.json.encode({"knn": knn, "size": wanted, "_source": False, "track_total_hits": False})


def _filed(hit: _Hit) -> tuple[str, Vectors]:
    return from_term(hit.fields.id[0]), np.frombuffer(hit.fields.exact[0], "<f4")


T = TypeVar("T", Vectors, Sequence[str])


def _parts(values: T, size: int) -> Iterator[T]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
