"""Searches and what they find, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from store.elasticsearch.connection import Connection
from store.elasticsearch.shape import Clause, Source
from store.errors import StoreError

PAGE = 500
WINDOW = 10_000  # what a server shows of one search unless it was told otherwise
_KEYS = 500
_KEEP_ALIVE = "5m"
# Where a part of an index does not answer, the whole question fails: half an answer would be taken for a whole one.
WHOLE = {"allow_no_indices": "true", "allow_partial_search_results": "false"}


class Hit(msgspec.Struct, frozen=True):
    """A document that was found: where it stands, its source, and what it was sorted by."""

    index: str = msgspec.field(name="_index")
    key: str = msgspec.field(name="_id")
    source: Source = msgspec.field(name="_source", default={})
    sort: list[Any] = []
    sequence: int = msgspec.field(name="_seq_no", default=-1)
    term: int = msgspec.field(name="_primary_term", default=-1)


class _Hits(msgspec.Struct, frozen=True):
    hits: list[Hit] = []


class _Found(msgspec.Struct, frozen=True):
    hits: _Hits
    pit_id: str | None = None


class _Opened(msgspec.Struct, frozen=True):
    id: str


class _Total(msgspec.Struct, frozen=True):
    value: int


class _Totals(msgspec.Struct, frozen=True):
    total: _Total


class _Counted(msgspec.Struct, frozen=True):
    hits: _Totals


def count(connection: Connection, index: str, query: Clause) -> int:
    """How many documents the query finds."""
    asked = {"query": query, "size": 0, "track_total_hits": True}
    return connection.read("POST", f"/{index}/_search", asked, type=_Counted, params=WHOLE).hits.total.value


def search(connection: Connection, index: str, body: Mapping[str, Any], **params: object) -> list[Hit]:
    """One page of what the query finds; a pattern that no index has finds nothing, a name that none has is an error."""
    asked = {"track_total_hits": False, **body}
    return connection.read("POST", f"/{index}/_search", asked, type=_Found, params=WHOLE | params).hits.hits


def with_keys(connection: Connection, index: str, keys: Sequence[str], **body: Any) -> Iterator[Hit]:
    """The documents of these `_id`s, wherever in the indices they stand, in no order."""
    for start in range(0, len(keys), _KEYS):
        yield from _with_few_keys(connection, index, keys[start : start + _KEYS], body)


def _with_few_keys(connection: Connection, index: str, keys: Sequence[str], body: Mapping[str, Any]) -> Iterator[Hit]:
    found = search(connection, index, {"query": all_with(keys), "size": WINDOW, "sort": ["_doc"], **body})
    if len(found) < WINDOW or len(keys) == 1:
        yield from found
        return
    half = len(keys) // 2  # each stands in so many indices that one page does not hold them all
    yield from _with_few_keys(connection, index, keys[:half], body)
    yield from _with_few_keys(connection, index, keys[half:], body)


def all_with(keys: Sequence[str]) -> Clause:
    """The query for these `_id`s."""
    return {"bool": {"filter": [{"ids": {"values": list(keys)}}]}}


def pages(
    connection: Connection, index: str, body: Mapping[str, Any], after: list[Any] | None = None
) -> Iterator[list[Hit]]:
    """All that the query finds as it is now, page by page; what is written meanwhile does not show.

    With `after`, what a document was sorted by, the pages begin behind that document. Between two pages as much time
    may pass as the reader likes: a view that the server gave up is opened again, and the pages go on.
    """
    view: str | None = None
    try:
        while True:
            if view is None:
                view = _open(connection, index)
            found = _page(connection, view, body, after)
            if found is None:
                view, after = None, None if after is None else after[: len(body["sort"])]
                continue
            view, hits = found.pit_id or view, found.hits.hits
            if hits:
                after = hits[-1].sort
                yield hits
            if len(hits) < PAGE:
                return
    finally:
        if view is not None:
            with suppress(StoreError):  # the server gives it up by itself
                connection.send("DELETE", "/_pit", {"id": view}, accept={404})


def _open(connection: Connection, index: str) -> str:
    return connection.read("POST", f"/{index}/_pit", type=_Opened, params={"keep_alive": _KEEP_ALIVE}).id


def _page(connection: Connection, view: str, body: Mapping[str, Any], after: list[Any] | None) -> _Found | None:
    asked: dict[str, Any] = {"track_total_hits": False, "size": PAGE, "pit": {"id": view, "keep_alive": _KEEP_ALIVE}}
    asked |= body
    if after is not None:
        asked["search_after"] = after
    params = {"allow_partial_search_results": "false"}
    answer = connection.send("POST", "/_search", asked, params=params, accept={404})
    return None if answer.status == 404 else msgspec.json.decode(answer.body, type=_Found)
