"""What travels on the log: messages and deletions, each under the name and version of its schema."""

import hashlib
from datetime import datetime

import msgspec

from ingest.log import LogRecord, Record
from ingest.message import Message

MESSAGES, DEAD_LETTERS, ALERTS = "messages", "dead-letters", "alerts"
TOPICS = (MESSAGES, DEAD_LETTERS, ALERTS)
_MESSAGE, _DELETION, _DEAD_LETTER = "message/1", "deletion/1", "dead-letter/1"


class Deletion(msgspec.Struct, frozen=True, kw_only=True):
    """A source took back what an author (a pseudonym) had published: these messages, or all of them."""

    source: str
    author: str | None = None
    message_ids: tuple[str, ...] = ()
    every_message: bool = False


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A record that nobody can handle: where it stands, why, and a hash to know it by; never what it holds."""

    topic: str
    partition: int
    offset: int
    schema: str
    reason: str
    fix: str
    sha256: str
    size_bytes: int
    at: datetime


class RecordError(ValueError):
    """A record that is not what its schema says; `fix` says what to do."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.fix = fix


def message_record(message: Message) -> Record:
    """The message on its way; what one author says stays in order."""
    return Record(message.author or message.id, msgspec.json.encode(message), _MESSAGE)


def deletion_record(deletion: Deletion) -> Record:
    """The deletion on its way, behind the messages that it takes back."""
    key = deletion.author or next(iter(deletion.message_ids), deletion.source)
    return Record(key, msgspec.json.encode(deletion), _DELETION)


def received(record: LogRecord) -> Message | Deletion:
    """What the record holds. Raises `RecordError`, which never quotes it."""
    kind = _KINDS.get(record.schema)
    if kind is None:
        raise RecordError(
            f"no schema {record.schema!r}; there are: {', '.join(sorted(filter(None, _KINDS)))}",
            "upgrade this worker to the version that wrote the record, then run `stemwacht replay`",
        )
    try:
        return msgspec.json.decode(record.value, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(
            f"not {record.schema or _MESSAGE}: {type(error).__name__}",
            "see what writes to this topic; only `stemwacht ingest` and `stemwacht pull` should",
        ) from None


def dead_letter(topic: str, record: LogRecord, *, reason: str, fix: str, now: datetime) -> DeadLetter:
    """The note about a record that is set aside."""
    return DeadLetter(
        topic=topic,
        partition=record.partition,
        offset=record.offset,
        schema=record.schema,
        reason=reason,
        fix=fix,
        sha256=hashlib.sha256(record.value).hexdigest(),
        size_bytes=len(record.value),
        at=now,
    )


def dead_letter_record(letter: DeadLetter) -> Record:
    """The note on its way; the same record set aside twice has the same key."""
    return Record(f"{letter.topic}/{letter.partition}/{letter.offset}", msgspec.json.encode(letter), _DEAD_LETTER)


def received_dead_letter(record: LogRecord) -> DeadLetter:
    """The note that the record holds. Raises `RecordError`."""
    try:
        return msgspec.json.decode(record.value, type=DeadLetter)
    except msgspec.DecodeError:
        raise RecordError("not a dead letter", "see what writes to the topic of dead letters") from None


# Records of the first version bear no schema; they are messages.
_KINDS: dict[str, type[Message] | type[Deletion]] = {"": Message, _MESSAGE: Message, _DELETION: Deletion}
