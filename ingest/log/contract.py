"""What every log can do: keep records by topic, in order, and remember how far each group has come.

Delivery is at least once. A writer that dies between `append` and its own book-keeping appends the same record again,
and a reader that dies before `commit` reads the same records again. Both are harmless where records are written on by
upsert under an id that follows from their content, as the store does.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec


class Record(msgspec.Struct, frozen=True):
    """What is appended: `key` is the id of what it holds; records with one key stay in order."""

    key: str
    value: bytes


class LogRecord(msgspec.Struct, frozen=True):
    """What is read: a record with its place in the topic. Offsets ascend; they need not be consecutive."""

    offset: int
    key: str
    value: bytes


class Log(Protocol):
    """Records by topic (messages, dead letters, alerts: any name), read by any number of groups independently."""

    def append(self, topic: str, records: Sequence[Record]) -> int:
        """Write the records in order, all or none; return how many. The same key twice is two records."""

    def read(self, topic: str, group: str, limit: int) -> list[LogRecord]:
        """The next records after the group's committed one, at most `limit`; reading again gives the same."""

    def commit(self, topic: str, group: str, offset: int) -> None:
        """Say that the group has handled everything up to and with `offset`; an earlier offset changes nothing."""

    def lag(self, topic: str, group: str) -> int:
        """How many records the group has not committed."""

    def trim(self, topic: str) -> int:
        """Drop the records that every group has committed, none where no group reads; return how many."""

    def close(self) -> None:
        """Release files and connections; what was appended stays."""
