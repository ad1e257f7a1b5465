"""Records of the log, sorted out: messages, what takes messages back, and what nobody can read."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import structlog

from ingest import (
    DEAD_LETTERS,
    Deletion,
    Message,
    RecordError,
    dead_letter,
    dead_letter_record,
    received,
)
from ingest.log import Log, LogRecord
from stemwacht.forgetting import erase_messages
from store import Store

_log = structlog.get_logger()


class Received(msgspec.Struct, frozen=True):
    """A message with the record that brought it."""

    record: LogRecord
    message: Message


class Unfit(msgspec.Struct, frozen=True):
    """A record that is set aside, why, and what to do."""

    record: LogRecord
    reason: str
    fix: str


class SortedOut(msgspec.Struct, frozen=True, kw_only=True):
    """A batch: first the deletions hold for what the store has, then the messages come in."""

    messages: tuple[Received, ...]
    deletions: tuple[Deletion, ...]
    unreadable: tuple[Unfit, ...]


def sorted_out(records: Sequence[LogRecord]) -> SortedOut:
    """The batch by kind; a message that is taken back later in the same batch is not in it."""
    messages: dict[str, Received] = {}
    deletions: list[Deletion] = []
    unreadable: list[Unfit] = []
    for record in records:
        try:
            found = received(record)
        except RecordError as error:
            unreadable.append(Unfit(record, str(error), error.fix))
            continue
        if isinstance(found, Message):
            messages[found.id] = Received(record, found)
        else:
            deletions.append(found)
            messages = {key: one for key, one in messages.items() if not _takes_back(found, one.message)}
    return SortedOut(messages=tuple(messages.values()), deletions=tuple(deletions), unreadable=tuple(unreadable))


def unfit(record: LogRecord, error: Exception) -> Unfit:
    """A record whose message makes the analysis fail; the error's own words may quote it and are left out."""
    reason = f"the analysis fails on it: {type(error).__name__}"
    return Unfit(record, reason, "report the fault with the hash of the record; once mended, run `stemwacht replay`")


def withdraw(store: Store, deletions: Sequence[Deletion]) -> int:
    """Erase from the store what was taken back; returns how many messages."""
    ids = [name for deletion in deletions for name in deletion.message_ids]
    authors = [one.author for one in deletions if one.every_message and one.author]
    return erase_messages(store, message_ids=ids, authors=authors).messages if ids or authors else 0


def set_aside(log: Log, topic: str, records: Sequence[Unfit]) -> None:
    """Write a dead letter for each: its place and its hash, never what it holds."""
    now = datetime.now(UTC)
    letters = [dead_letter(topic, one.record, reason=one.reason, fix=one.fix, now=now) for one in records]
    log.append(DEAD_LETTERS, [dead_letter_record(letter) for letter in letters])
    for letter in letters:
        _log.warning("dead letter", topic=topic, partition=letter.partition, offset=letter.offset, reason=letter.reason)


def _takes_back(deletion: Deletion, message: Message) -> bool:
    if message.id in deletion.message_ids:
        return True
    return deletion.every_message and deletion.author is not None and message.author == deletion.author
