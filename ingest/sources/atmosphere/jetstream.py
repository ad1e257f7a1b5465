"""The Jetstream: the network's events as JSON.

As documented with its source (github.com/bluesky-social/jetstream, endpoint `/subscribe`): `cursor` is a time in
microseconds; a cursor older than what the relay keeps (36 hours, on older relays a day) begins at the oldest event it
has, without a word; account and identity events come whatever collections are wanted.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from ingest.flattening import decoded
from ingest.json_values import object_in, string_in
from ingest.rows import BadRow
from ingest.sources.atmosphere.cursor import Cursor
from ingest.sources.atmosphere.events import Event, bad

_RELAY = "wss://jetstream2.us-east.bsky.network"
_REWIND = timedelta(seconds=5)
_PATH = "/subscribe"
_LARGEST_EVENT_BYTES = 1_000_000
_SILENT_AT_MOST_US = 5 * 60 * 1_000_000
_FIRST_TIME_US = 10**15


def stream(relay: str | None, collections: Sequence[str]) -> "Jetstream":
    """The Jetstream of this relay, or of one of Bluesky's own."""
    return Jetstream(relay or _RELAY, collections)


class Jetstream:
    """The Jetstream of one relay. Only records of these collections are asked for."""

    name = "jetstream"
    rewind = _REWIND

    def __init__(self, relay: str, collections: Sequence[str]) -> None:
        self.relay = relay
        self._collections = frozenset(collections)

    def beginning(self, time_us: int) -> Cursor | None:
        """The moment itself."""
        return Cursor(transport=self.name, relay=self.relay, at=time_us, time_us=time_us)

    def accepts(self, cursor: Cursor) -> bool:
        """Always: times hold for every relay."""
        return True

    def address(self, cursor: Cursor | None) -> str:
        """Where to connect; a known cursor is rewound by a few seconds, since relays do not keep the order exactly."""
        wanted = [("wantedCollections", name) for name in sorted(self._collections)]
        query = [*wanted, ("maxMessageSizeBytes", str(_LARGEST_EVENT_BYTES))]
        if cursor is not None:
            query.append(("cursor", str(max(cursor.time_us - _REWIND // timedelta(microseconds=1), 0))))
        base = self.relay.rstrip("/")
        return f"{base}{'' if urlsplit(base).path else _PATH}?{urlencode(query)}"

    def events(self, frame: str | bytes, number: int) -> list[Event | BadRow]:
        """The one event of a frame."""
        if isinstance(frame, bytes):
            return [bad(number, "the frame is packed, which was not asked for")]
        if len(frame) > _LARGEST_EVENT_BYTES:
            return [bad(number, "the event is larger than 1 MB")]
        try:
            told = decoded(frame.encode("utf-8", "surrogatepass"))
        except ValueError:
            return [bad(number, "the frame is no JSON")]
        if not isinstance(told, dict):
            return [bad(number, "the frame is no object")]
        return [] if told.get("kind") == "heartbeat" else self._event(told, number)

    def _event(self, told: dict[str, Any], number: int) -> list[Event | BadRow]:
        did, time_us = string_in(told.get("did")), told.get("time_us")
        if did is None or not isinstance(time_us, int) or isinstance(time_us, bool) or time_us < _FIRST_TIME_US:
            return [bad(number, "the frame is no event of the Jetstream: it has no account or no time")]
        kind = told.get("kind")
        if kind == "identity":
            return [Event(at=time_us, time_us=time_us, kind="identity", did=did)]
        if kind == "account":
            account = object_in(told.get("account"))
            active, status = account.get("active") is not False, string_in(account.get("status")) or ""
            return [Event(at=time_us, time_us=time_us, kind="account", did=did, active=active, status=status)]
        commit = object_in(told.get("commit"))
        collection, rkey = string_in(commit.get("collection")), string_in(commit.get("rkey"))
        if collection is None or rkey is None:
            return [bad(number, "the frame is no event of the Jetstream: it names no record")]
        if collection not in self._collections:
            return []
        return [
            Event(
                at=time_us,
                time_us=time_us,
                kind="commit",
                did=did,
                operation=string_in(commit.get("operation")) or "",
                collection=collection,
                rkey=rkey,
                rev=string_in(commit.get("rev")) or "",
                record=commit.get("record"),
            )
        ]

    def has_lost(self, cursor: Cursor, first: Event) -> bool:
        """The whole network is never silent for minutes: a first event that much later says that the rest is gone."""
        return first.time_us - cursor.time_us > _SILENT_AT_MOST_US
