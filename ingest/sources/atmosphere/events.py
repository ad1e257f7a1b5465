"""What happens on the network, whichever stream told of it, and how it is handed in."""

from datetime import timedelta
from typing import Any, Literal, Protocol

import msgspec

from ingest.bluesky_records import POST, REPOST, from_microseconds, post_row, repost_row
from ingest.desk import Desk
from ingest.json_values import object_in, string_in
from ingest.rows import BadRow, NotMessage
from ingest.sources.atmosphere.cursor import Cursor
from ingest.sources.atmosphere.selection import Selection

_GONE = frozenset(("deleted", "takendown"))
_FIX = "nothing to do for one; if there are many, see whether the stream has changed its form"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event: of a record (`commit`), of an account, or of a name (`identity`).

    `at` is its place in the stream, `time_us` when the network saw it, in microseconds since 1970. `operation` is
    create, update or delete; `active` and `status` are those of an account.
    """

    at: int
    time_us: int
    kind: Literal["commit", "account", "identity"]
    did: str
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    rev: str = ""
    record: Any = None
    active: bool = True
    status: str = ""

    @property
    def uri(self) -> str:
        """The address of the record."""
        return f"at://{self.did}/{self.collection}/{self.rkey}"


class CursorAheadError(Exception):
    """The stream has never come as far as the cursor: it has begun anew, or is another one."""


class Transport(Protocol):
    """One of the streams."""

    name: str
    relay: str
    rewind: timedelta

    def beginning(self, time_us: int) -> Cursor | None:
        """The cursor of a stream that is opened at this moment; None where only an event tells one."""

    def accepts(self, cursor: Cursor) -> bool:
        """Whether it can go on from there."""

    def address(self, cursor: Cursor | None) -> str:
        """Where to connect to go on from there, or from now."""

    def events(self, frame: str | bytes, number: int) -> list[Event | BadRow]:
        """What one frame tells; `number` is that of the frame. Raises `CursorAheadError`."""

    def has_lost(self, cursor: Cursor, first: Event) -> bool:
        """Whether the first event after connecting shows that the stream keeps no longer what followed the cursor."""


def bad(number: int, reason: str) -> BadRow:
    """A frame or an event that cannot be read; never what it holds."""
    return BadRow(number, reason, _FIX)


def hand_in(desk: Desk, event: Event, selection: Selection, number: int) -> None:
    """The event as a message, as something taken back, or counted as neither."""
    if event.kind == "identity":
        desk.add(NotMessage(number, "identity event"))
    elif event.kind == "account":
        if not event.active and event.status in _GONE:
            desk.take_back(event.did, every_message=True)
        desk.add(NotMessage(number, "account event"))
    elif event.operation == "delete":
        desk.take_back(event.did, event.uri)
        desk.add(NotMessage(number, "deletion"))
    else:
        _add_record(desk, event, selection, number)


def _add_record(desk: Desk, event: Event, selection: Selection, number: int) -> None:
    record = object_in(event.record)
    if not record or (string_in(record.get("$type")) or event.collection) != event.collection:
        desk.add(bad(number, "the event has no record of its kind"))
        return
    if event.collection == POST and not selection.takes(record):
        desk.add(NotMessage(number, "outside the selection"))
        return
    make = {POST: post_row, REPOST: repost_row}[event.collection]
    arrived = from_microseconds(event.time_us)
    desk.add(make(number, event.uri, event.did, record, arrived), again=event.operation == "update")
