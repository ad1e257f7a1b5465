"""The account of one source while it is read."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import msgspec

from ingest.coverage import Coverage
from ingest.message import Message

_SAYINGS = {
    "cut": "texts were longer than 100,000 characters and were cut there",
    "damaged id": "ids had been rounded by a spreadsheet (such as 9.0E+14): these records got an id from their content",
    "unreadable time": "times could not be read and are unknown",
    "future time": "times lay in the future and are unknown",
    "annex left out": "letters came with a longer attachment, which was not read: the body is a letter of its own",
    "attachment not readable": "letters came with an attachment that holds no text that can be read",
    "scanned pages": "letters have pages that are pictures without text, beside those that were read",
    "date of delivery": "letters bear no date and stand at the time of their delivery",
    "same id, other text": "records had the id of an earlier one but another text: both were kept",
}


class Note(msgspec.Struct, frozen=True):
    """Something that happened to `count` records of a source; `name` is for programs, `says` for people."""

    source: str
    name: str
    count: int
    says: str


class Ledger:
    """Counts what is kept, rejected, duplicate and no message, so that they always add up to what was read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.kept = self.rejected = self.duplicate = 0
        self._placeholders: Counter[str] = Counter()
        self._not_messages: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._first: datetime | None = None
        self._last: datetime | None = None

    def keep(self, message: Message, notes: Iterable[str]) -> None:
        """Account for one message that is given on."""
        self.kept += 1
        if message.placeholder:
            self._placeholders[message.placeholder] += 1
        if notes:
            self._notes.update(notes)
        if (moment := message.published) is not None:
            self._first = moment if self._first is None or moment < self._first else self._first
            self._last = moment if self._last is None or moment > self._last else self._last

    def set_aside(self, what: str) -> None:
        """Account for one record that is no message."""
        self._not_messages[what] += 1

    def note(self, name: str) -> None:
        """Count something that people should know."""
        self._notes[name] += 1

    def coverage(self) -> Coverage:
        """The account so far."""
        return Coverage(
            source=self.source,
            read=self.kept + self.rejected + self.duplicate + self._not_messages.total(),
            kept=self.kept,
            rejected=self.rejected,
            duplicate=self.duplicate,
            placeholders=tuple(sorted(self._placeholders.items())),
            not_messages=tuple(sorted(self._not_messages.items())),
            first=self._first,
            last=self._last,
        )

    def notes(self) -> list[Note]:
        """What happened, by name."""
        return [Note(self.source, name, count, _SAYINGS[name]) for name, count in sorted(self._notes.items())]
