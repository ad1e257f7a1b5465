"""From a record to the draft of a message, on every way in: what is no message or cannot be read is accounted for."""

from collections.abc import Callable
from typing import Protocol

from ingest.building import Draft
from ingest.ledger import Ledger
from ingest.rows import BadRow, NotMessage, Record, Row

Builder = Callable[[Row], Draft | None]
_NOTHING = ("the row has no text, no id and no author", "remove empty rows from the export")


class RejectSink(Protocol):
    """Where it is noted what cannot be read."""

    def add(self, file: str, bad: BadRow, *, kept: bool = False) -> None:
        """Note one record that cannot be read, or a part of one that is `kept`."""

    def flush(self) -> None:
        """Bring what was noted to where it is kept."""

    def close(self) -> None:
        """Nothing more will be noted."""


def drafted(record: Record, build: Builder, ledger: Ledger, rejects: RejectSink, file: str) -> Draft | None:
    """The draft of a message, or None for a record that is none or cannot be read; `file` is where it came from."""
    if isinstance(record, NotMessage):
        ledger.set_aside(record.what)
        return None
    if isinstance(record, Row):
        for part in record.unread:
            rejects.add(file, part, kept=True)
        draft = build(record)
        if draft is not None:
            return draft
    rejects.add(file, record if isinstance(record, BadRow) else BadRow(record.number, *_NOTHING))
    ledger.rejected += 1
    return None
