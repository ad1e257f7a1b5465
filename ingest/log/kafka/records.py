"""Records as bytes and back. What others wrote is read as well, whatever it holds."""

from collections.abc import Sequence
from typing import Any

import msgspec

from ingest.log.contract import LogRecord, Record
from ingest.log.kafka.errors import LogError

LARGEST_RECORD_BYTES = 8_000_000
LARGEST_MESSAGE_BYTES = 8_388_608  # what the topics are made with: a record and what is around it
_SCHEMA = "schema"
_AROUND_BYTES = 100


class Encoded(msgspec.Struct, frozen=True):
    """A record as the brokers keep it."""

    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]

    @property
    def size_bytes(self) -> int:
        """What the record takes before it is compressed; never less than it is."""
        return len(self.key) + len(self.value) + sum(len(value) for _, value in self.headers) + _AROUND_BYTES


def encoded(records: Sequence[Record]) -> list[Encoded]:
    """The records as bytes. Raises `LogError` where one is too large, before any is written."""
    found = [_encoded(record) for record in records]
    largest = max((record.size_bytes for record in found), default=0)
    if largest > LARGEST_RECORD_BYTES:
        raise LogError(
            f"a record of {largest:,} bytes is too large for Kafka, which takes {LARGEST_RECORD_BYTES:,} here "
            f'(max.message.bytes is {LARGEST_MESSAGE_BYTES:,}): leave it out, or set name = "sqlite" under [log]; '
            "nothing was written"
        )
    return found


def decoded(record: Any) -> LogRecord:
    """A record of kafka-python as one of the log; a missing key, value or schema is an empty one."""
    headers = dict(record.headers or ())
    schema = headers.get(_SCHEMA) or b""
    return LogRecord(record.offset, _text(record.key or b""), record.value or b"", _text(schema), record.partition)


def _encoded(record: Record) -> Encoded:
    headers = ((_SCHEMA, _bytes(record.schema)),) if record.schema else ()
    return Encoded(_bytes(record.key), record.value, headers)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape")
