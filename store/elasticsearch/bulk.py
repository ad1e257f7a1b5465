"""Many small writes in few requests: bounded, patient with a busy server, and told item by item what came of them."""

from collections.abc import Iterator, Sequence, Set
from typing import Literal

import msgspec

from store.elasticsearch.connection import Connection, Patience, is_blocked
from store.elasticsearch.explaining import Problem
from store.elasticsearch.refusals import reason_of

Action = Literal["index", "create", "delete"]

_MOST_ITEMS, _MOST_BYTES = 1_000, 8 * 1024 * 1024
_TOO_LARGE = 413
_KEPT = "errors,items.*.status,items.*.result,items.*.error"


class Write(msgspec.Struct, frozen=True):
    """One write: into which index, under which `_id`, and the source, absent for a deletion.

    With `seen`, the number and term of the version that was read, it is a conflict when another came between.
    """

    action: Action
    index: str
    key: str
    source: bytes | None = None
    seen: tuple[int, int] | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What came of a write: "created", "updated", "deleted", "not_found", "conflict" or "refused", and why."""

    result: str
    reason: str | None = None


class _Item(msgspec.Struct, frozen=True):
    status: int
    result: str | None = None
    error: Problem | None = None


class _Answer(msgspec.Struct, frozen=True):
    items: list[dict[str, _Item]]


def write(connection: Connection, writes: Sequence[Write]) -> list[Outcome]:
    """Do the writes, in their order where they concern one document, and make them visible to every search.

    StoreError where the server does not take them; what it took by then stands and may be written again.
    """
    outcomes: list[Outcome] = []
    portions = list(_portions(writes))
    for portion in portions:
        outcomes += _written(connection, portion, refresh=len(portions) == 1)
    if len(portions) > 1:
        refresh(connection, {one.index for one in writes})
    return outcomes


def refresh(connection: Connection, indices: Set[str]) -> None:
    """Make what was written to these indices visible to every search."""
    if indices:
        params = {"ignore_unavailable": "true"}
        connection.send("POST", f"/{','.join(sorted(indices))}/_refresh", params=params)


def _portions(writes: Sequence[Write]) -> Iterator[list[Write]]:
    portion: list[Write] = []
    size = 0
    for one in writes:
        length = len(one.source or b"") + 200
        if portion and (len(portion) == _MOST_ITEMS or size + length > _MOST_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(one)
        size += length
    if portion:
        yield portion


def _written(connection: Connection, portion: Sequence[Write], *, refresh: bool) -> list[Outcome]:
    """One portion; what the server was too busy for is sent again alone."""
    patience = Patience(connection.options.timeout_seconds)
    outcomes: list[Outcome | None] = [None] * len(portion)
    waiting = list(range(len(portion)))
    while True:
        items = _sent(connection, [portion[place] for place in waiting], refresh=refresh)
        busy = []
        for place, item in zip(waiting, items, strict=True):
            outcomes[place] = _outcome(connection, item)
            if outcomes[place] is None:
                busy.append(place)
        if not busy:
            return [outcome for outcome in outcomes if outcome is not None]
        if not patience.wait():
            raise connection.refused(429, Problem(type="es_rejected_execution_exception"))
        waiting = busy


def _sent(connection: Connection, portion: Sequence[Write], *, refresh: bool) -> list[_Item]:
    patience_seconds = max(1, int(connection.options.timeout_seconds * 0.8))
    params = {"filter_path": _KEPT, "timeout": f"{patience_seconds}s", "refresh": "true" if refresh else "false"}
    body = b"".join(map(_lines, portion))
    answer = connection.send("POST", "/_bulk", body, params=params, accept={_TOO_LARGE})
    if answer.status != _TOO_LARGE:
        return [item for entry in msgspec.json.decode(answer.body, type=_Answer).items for item in entry.values()]
    if len(portion) == 1:
        return [_Item(_TOO_LARGE, error=Problem(type="content_too_long_exception"))]
    half = len(portion) // 2
    parts = (portion[:half], portion[half:])
    return [item for part in parts for item in _sent(connection, part, refresh=refresh)]


def _lines(one: Write) -> bytes:
    where: dict[str, object] = {"_index": one.index, "_id": one.key}
    if one.seen is not None:
        where |= {"if_seq_no": one.seen[0], "if_primary_term": one.seen[1]}
    head = msgspec.json.encode({one.action: where}) + b"\n"
    return head if one.source is None else head + one.source + b"\n"


def _outcome(connection: Connection, item: _Item) -> Outcome | None:
    """What came of it; None where the server was too busy."""
    if item.error is None:
        return Outcome(item.result or "not_found")
    if item.status == 409:
        return Outcome("conflict")
    if item.status in {400, _TOO_LARGE}:
        return Outcome("refused", reason_of(item.error))
    if item.status == 429 and not is_blocked(item.error):
        return None
    raise connection.refused(item.status, item.error)
