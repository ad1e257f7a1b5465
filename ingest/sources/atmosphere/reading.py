"""Going through a stream, connection after connection, from a cursor to now."""

import time
from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from ingest.batches import Batch
from ingest.bluesky_records import from_microseconds
from ingest.desk import Desk
from ingest.errors import SourceError
from ingest.gaps import KEPT_NO_LONGER, OTHER_PLACE
from ingest.rows import BadRow
from ingest.sources.atmosphere.connection import Dropped, frames_from
from ingest.sources.atmosphere.cursor import Cursor, Recent, key_of
from ingest.sources.atmosphere.events import CursorAheadError, Event, Transport, hand_in
from ingest.sources.atmosphere.selection import Selection

_BATCH_RECORDS, _BATCH_SECONDS, _PAUSED_SECONDS = 1000, 5.0, 1.0
_SILENCE_SECONDS = 10.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 30.0
_MOST_FAILURES = 5
_NO_PLACE = (
    "no event came, so that there is no place yet to go on from; until one does, every pull begins at its moment"
)


def batches_of(
    desk: Desk, transport: Transport, selection: Selection, cursor: Cursor | None, seconds: float
) -> Iterator[Batch]:
    """What the stream brings, every few seconds, until it has caught up with now, or for so many seconds at most.

    Where the desk follows, without end. What breaks off is connected again, at growing intervals. Raises `SourceError`
    when the relay cannot be reached.
    """
    progress = _Progress(desk, transport, selection, cursor)
    patience = _Patience(transport.relay, None if desk.follow else seconds)
    while True:
        try:
            yield from _connected(desk, transport, progress, patience)
            return
        except CursorAheadError:
            progress.begin_anew()
            why = "it has never come as far as was read here"
        except Dropped as error:
            why = str(error)
        yield desk.batch(progress.cursor)
        if not patience.again(why):
            return


def _connected(desk: Desk, transport: Transport, progress: "_Progress", patience: "_Patience") -> Iterator[Batch]:
    """The batches of one connection; it ends when the stream has caught up."""
    given = time.monotonic()
    for frame in frames_from(transport.address(progress.resume())):
        if frame is not None:
            progress.take(frame)
        patience.hear(frame)
        is_pause = frame is None and desk.waiting > 0
        since = time.monotonic() - given
        if desk.waiting >= _BATCH_RECORDS or since >= (_PAUSED_SECONDS if is_pause else _BATCH_SECONDS):
            yield desk.batch(progress.cursor)
            given = time.monotonic()
        if patience.is_over or (progress.has_caught_up and not desk.follow):
            if not progress.cursor:
                desk.note(_NO_PLACE)
            yield desk.batch(progress.cursor)
            return


class _Patience:
    """How long to go on, and whether to try again; `seconds` is None for a stream without end."""

    def __init__(self, relay: str, seconds: float | None) -> None:
        self._relay = relay
        self._until = None if seconds is None else time.monotonic() + seconds
        self._silence = None if seconds is None else min(_SILENCE_SECONDS, seconds / 2)
        self._heard: float | None = None
        self._failures = 0
        self._has_heard = False

    def hear(self, frame: str | bytes | None) -> None:
        """A frame came, or for a moment none did."""
        if frame is not None or self._heard is None:
            self._heard = time.monotonic()
        if frame is not None:
            self._has_heard, self._failures = True, 0

    @property
    def is_over(self) -> bool:
        """Whether time is up, or the stream has been silent since it was connected or last heard."""
        if self._until is None or self._silence is None or self._heard is None:
            return False
        now = time.monotonic()
        return now >= self._until or now - self._heard >= self._silence

    def again(self, why: str) -> bool:
        """Wait, and say whether to connect again; `SourceError` when it was of no use for too long."""
        self._failures += 1
        self._heard = None
        pause = min(_FIRST_PAUSE_SECONDS * 2 ** (self._failures - 1), _LONGEST_PAUSE_SECONDS)
        is_late = self._until is not None and time.monotonic() + pause >= self._until
        if is_late and self._has_heard and self._failures == 1:
            return False
        if is_late or self._failures >= _MOST_FAILURES:
            raise SourceError(f"the relay {self._relay}: {why}; check `relay`, and the way to it")
        time.sleep(pause)
        return True


class _Progress:
    """How far the stream was read."""

    def __init__(self, desk: Desk, transport: Transport, selection: Selection, cursor: Cursor | None) -> None:
        self._desk, self._transport, self._selection = desk, transport, selection
        self._number = 0
        self._is_first = True
        self._started_us = _microseconds(desk)
        self.has_caught_up = False
        self._cursor = cursor
        if cursor is not None and not transport.accepts(cursor):
            self.begin_anew()
        span_us = transport.rewind // timedelta(microseconds=1)
        known = self._cursor
        self._recent = Recent(span_us, known.recent if known else (), known.time_us if known else 0)

    @property
    def cursor(self) -> str:
        """As it is kept; empty where nothing says yet where the stream is."""
        cursor = self._cursor or self._transport.beginning(self._started_us)
        return "" if cursor is None else replace(cursor, recent=self._recent.keys).text

    def resume(self) -> Cursor | None:
        """Where to connect."""
        self._is_first = True
        return self._cursor

    def begin_anew(self) -> None:
        """Give up the cursor, which means nothing here; what came after it is lost."""
        if self._cursor is not None:
            self._desk.gap(from_microseconds(self._cursor.time_us), self._desk.now(), OTHER_PLACE)
        self._cursor = None

    def take(self, frame: str | bytes) -> None:
        """Hand in what a frame tells."""
        self._number += 1
        before = self._cursor.at if self._cursor else -1
        for told in self._transport.events(frame, self._number):
            if isinstance(told, BadRow):
                self._desk.add(told)
            else:
                self._event(told, before)

    def _event(self, event: Event, before: int) -> None:
        if self._is_first and self._cursor is not None and self._transport.has_lost(self._cursor, event):
            start, end = from_microseconds(self._cursor.time_us), from_microseconds(event.time_us)
            self._desk.gap(start, end, KEPT_NO_LONGER)
        self._is_first = False
        name = (event.kind, event.did, event.collection, event.rkey, event.operation, event.rev)
        is_new = self._recent.is_new(key_of(*name, "" if event.rkey else str(event.at)), event.time_us)
        if event.at > before:
            if is_new:
                hand_in(self._desk, event, self._selection, self._number)
            else:
                self._desk.duplicate()
        elif self._transport.rewind and is_new:
            hand_in(self._desk, event, self._selection, self._number)
        self._moved(event)

    def _moved(self, event: Event) -> None:
        at, time_us = (self._cursor.at, self._cursor.time_us) if self._cursor else (0, 0)
        self._cursor = Cursor(
            transport=self._transport.name,
            relay=self._transport.relay,
            at=max(at, event.at),
            time_us=max(time_us, event.time_us),
        )
        self.has_caught_up = self.has_caught_up or event.time_us >= self._started_us


def _microseconds(desk: Desk) -> int:
    return int(desk.now().timestamp() * 1e6)
