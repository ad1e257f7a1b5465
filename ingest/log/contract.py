"""What every log can do: keep records by topic, in order, and remember how far each group has come.

Delivery is at least once. A writer that dies between `append` and its own book-keeping appends the same record again,
and a reader that dies before `commit` reads the same records again. Both are harmless where records are written on by
upsert under an id that follows from their content, as the store does.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec


class Record(msgspec.Struct, frozen=True):
    """What is appended. Records with one key stay in order; `schema` names what the value is, as `message/1`."""

    key: str
    value: bytes
    schema: str = ""


class LogRecord(msgspec.Struct, frozen=True):
    """What is read: a record with its place in the topic. Offsets ascend in a partition; they may skip numbers."""

    offset: int
    key: str
    value: bytes
    schema: str = ""
    partition: int = 0


class Log(Protocol):
    """Records by topic (messages, dead letters, alerts), read by any number of groups independently."""

    def append(self, topic: str, records: Sequence[Record]) -> int:
        """Write the records in order of their keys and return how many; when it returns they are kept for good.

        The same key twice is two records. After an error some may stand: append all of them again.
        """

    def read(self, topic: str, group: str, limit: int) -> list[LogRecord]:
        """The next records after the group's committed ones, at most `limit`; reading again before a commit gives
        the same ones. Readers of one group that run at the same time share the partitions among them."""

    def commit(self, topic: str, group: str, records: Sequence[LogRecord]) -> None:
        """Say that the group has handled these records, and all before them in their partitions; never moves back."""

    def at(self, topic: str, partition: int, offset: int) -> LogRecord | None:
        """The record at this place, whoever has handled it; None where it is kept no longer."""

    def lag(self, topic: str, group: str) -> int:
        """How many records the group has not committed."""

    def trim(self, topic: str) -> int:
        """Drop the records that every group has committed, none where no group reads; return how many.

        A log that drops records by their age returns 0.
        """

    def close(self) -> None:
        """Release files and connections; what was appended stays."""
