"""The repository stream, `com.atproto.sync.subscribeRepos`: of a relay the whole network, of a server its own accounts.

Facts from the lexicon of that name (github.com/bluesky-social/atproto): `cursor` is the number of the last event that
was seen; a cursor that is too old is told by an `#info` named OutdatedCursor, one ahead of the stream by the error
FutureCursor.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from atproto_core.car import CAR  # type: ignore[import-untyped]
from atproto_core.cid import CID  # type: ignore[import-untyped]
from atproto_core.exceptions import AtProtocolError  # type: ignore[import-untyped]
from atproto_subscription.frames import ErrorFrame, Frame  # type: ignore[import-untyped]

from ingest.json_values import string_in
from ingest.rows import BadRow
from ingest.sources.atmosphere.cursor import Cursor
from ingest.sources.atmosphere.events import CursorAheadError, Event, bad

_RELAY = "wss://bsky.network"
_PATH = "/xrpc/com.atproto.sync.subscribeRepos"
_DEEPEST = 32


def stream(relay: str | None, collections: Sequence[str]) -> "Firehose":
    """The stream of this relay, or of Bluesky's own."""
    return Firehose(relay or _RELAY, collections)


class Firehose:
    """The repository stream of one relay or server; records of other collections are passed over."""

    name = "firehose"
    rewind = timedelta(0)

    def __init__(self, relay: str, collections: Sequence[str]) -> None:
        self.relay = relay
        self._collections = frozenset(collections)
        self._is_outdated = False

    def beginning(self, time_us: int) -> Cursor | None:
        """None: its numbers are known from events alone."""
        return None

    def accepts(self, cursor: Cursor) -> bool:
        """Only one that this relay gave."""
        return (cursor.transport, cursor.relay) == (self.name, self.relay)

    def address(self, cursor: Cursor | None) -> str:
        """Where to connect; the number in a cursor means something to the relay that gave it alone."""
        self._is_outdated = False
        base = self.relay.rstrip("/")
        base = base if urlsplit(base).path else base + _PATH
        return base if cursor is None else f"{base}?cursor={cursor.at}"

    def events(self, frame: str | bytes, number: int) -> list[Event | BadRow]:
        """The events of a frame: a commit may hold several."""
        if isinstance(frame, str):
            return [bad(number, "the frame is text, where this stream has bytes")]
        try:
            opened = Frame.from_bytes(frame)
            if not isinstance(opened, ErrorFrame):
                return list(self._told(str(opened.type), opened.body))
        except (AtProtocolError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return [bad(number, "the frame cannot be decoded")]
        if opened.body.error == "FutureCursor":
            raise CursorAheadError
        return []

    def has_lost(self, cursor: Cursor, first: Event) -> bool:
        """As the stream says itself."""
        return self._is_outdated

    def _told(self, kind: str, body: Mapping[str, Any]) -> Iterator[Event]:
        if kind == "#info":
            self._is_outdated = self._is_outdated or body.get("name") == "OutdatedCursor"
        elif kind == "#commit":
            yield from self._commit(body)
        elif kind in ("#identity", "#account"):
            yield Event(
                at=int(body["seq"]),
                time_us=_microseconds(body["time"]),
                kind="account" if kind == "#account" else "identity",
                did=str(body["did"]),
                active=body.get("active") is not False,
                status=string_in(body.get("status")) or "",
            )

    def _commit(self, body: Mapping[str, Any]) -> Iterator[Event]:
        wanted = [op for op in body["ops"] if str(op["path"]).partition("/")[0] in self._collections]
        blocks: Mapping[CID, Any] = {}
        if any(op["action"] != "delete" for op in wanted):
            blocks = CAR.from_bytes(body["blocks"]).blocks
        for op in wanted:
            collection, _, rkey = str(op["path"]).partition("/")
            record = blocks.get(CID.from_decoded_bytes(op["cid"])) if op.get("cid") else None
            yield Event(
                at=int(body["seq"]),
                time_us=_microseconds(body["time"]),
                kind="commit",
                did=str(body["repo"]),
                operation=str(op["action"]),
                collection=collection,
                rkey=rkey,
                rev=str(body.get("rev") or ""),
                record=_as_json(record),
            )


def _as_json(value: Any, depth: int = 0) -> Any:
    """The record in the form that JSON has for it, links as `{"$link": …}`; nothing of what is nested too deep."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {key: _as_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item, depth + 1) for item in value]
    if isinstance(value, bytes):
        try:
            return {"$link": str(CID.from_decoded_bytes(value))}
        except (ValueError, AtProtocolError):
            return None
    return value


def _microseconds(time: str) -> int:
    moment = datetime.fromisoformat(time)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1e6)
