"""Reads as a member of a group: its share of the partitions, the same records until they are committed."""

import time
from collections.abc import Sequence
from typing import Any

import structlog
from kafka.errors import (
    CommitFailedError,
    IllegalGenerationError,
    KafkaError,
    KafkaTimeoutError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)

from ingest.log.contract import LogRecord
from ingest.log.kafka.asking import asked
from ingest.log.kafka.checking import check, explained
from ingest.log.kafka.describing import unowned
from ingest.log.kafka.options import KafkaOptions, group_name, topic_name
from ingest.log.kafka.patience import patiently
from ingest.log.kafka.rights import look_at_groups, look_at_topics
from ingest.log.kafka.sharing import Share

_POLL_MS = 200
_LOOK_SECONDS = 5.0
_NOT_OURS = (CommitFailedError, IllegalGenerationError, UnknownMemberIdError, RebalanceInProgressError)
_log = structlog.get_logger()


class Reader:
    """One reader of one topic for one group. One thread at a time.

    What it has given and nobody has committed it holds, and gives again. When partitions move to another reader in
    the middle of a batch, the commit of that batch counts for nothing where they have moved already: the new owner
    reads those records again, from what was committed last. None is lost, and records that are written on by upsert
    are not doubled either. A commit that comes before the next `read` is in time: partitions move in `read` alone,
    unless this reader was silent for `session_seconds` or handled one batch for longer than `batch_minutes`.
    """

    def __init__(self, options: KafkaOptions, topic: str, group: str) -> None:
        self._options = options
        self._topic, self._group = topic, group
        self._share: Share | None = None
        self._held: list[LogRecord] = []
        self._look_again = 0.0

    def read(self, limit: int) -> list[LogRecord]:
        """The next records, at most `limit`; none at once where none wait.

        None as well where the group has not settled within `timeout_seconds` although the brokers answer: its other
        readers are still at a batch. Errors are `LogError`.
        """
        if limit < 1:
            return []
        deadline = time.monotonic() + self._options.timeout_seconds
        with explained(self._options, read=[self._topic], group=self._group):
            try:
                return patiently(deadline, lambda: self._read(limit, deadline))
            except KafkaError as error:
                self._leave_after(error)
                raise

    def commit(self, records: Sequence[LogRecord]) -> None:
        """Commit them and return when the brokers have it; partitions that are another's by now are left out."""
        furthest: dict[int, int] = {}
        for record in records:
            furthest[record.partition] = max(furthest.get(record.partition, 0), record.offset + 1)
        if not furthest:
            return
        deadline = time.monotonic() + self._options.timeout_seconds
        with explained(self._options, read=[self._topic], group=self._group):
            try:
                patiently(deadline, lambda: self._commit(furthest, deadline))
            except _NOT_OURS:
                _log.info("the group moved on before a commit", topic=self._topic, group=self._group)
                self._forget()
            except KafkaError as error:
                self._leave_after(error)
                raise

    def close(self) -> None:
        """Leave the group; what is not committed goes to its other readers."""
        share, self._share = self._share, None
        self._held.clear()
        if share is not None:
            share.close()

    def _read(self, limit: int, deadline: float) -> list[LogRecord]:
        wait_ms = 0
        while True:
            share = self._joined(deadline)
            fetched = share.poll(wait_ms, limit - len(self._held), deadline)
            wait_ms = 0 if fetched else _POLL_MS
            if not share.settled:
                if time.monotonic() > deadline:
                    check(self._options, read=[self._topic], group=self._group)
                    return []
            elif share.anew:
                self._held.clear()
                share.start_over(deadline)
                wait_ms = 0
            elif share.empty and self._overlooked():
                self.close()
            else:
                self._held += fetched
                if len(self._held) >= limit or (not fetched and share.at_end(deadline)):
                    return self._held[:limit]
                if time.monotonic() > deadline:
                    raise KafkaTimeoutError("records wait that do not come")

    def _commit(self, furthest: dict[int, int], deadline: float) -> None:
        share = self._joined(deadline)
        share.settle(_POLL_MS, deadline)
        share.commit(furthest, deadline)
        self._held = [record for record in self._held if not share.committed(record)]

    def _joined(self, deadline: float) -> Share:
        if self._share is None:
            asked(self._options, self._look, deadline - time.monotonic())
            group = group_name(self._options, self._topic, self._group)
            self._share = Share(self._options, topic_name(self._options, self._topic), group)
        return self._share

    def _look(self, admin: Any) -> None:
        """A consumer that may not read, or reads a topic that is not there, would only find nothing."""
        look_at_topics(admin, self._options, [self._topic], "READ")
        look_at_groups(admin, self._options, [self._topic], self._group)

    def _overlooked(self) -> bool:
        """Whether this reader has no partition although some are nobody's. kafka-python shares out a topic that it
        has not heard of yet as one without partitions, and does not always do it over when it has."""
        if time.monotonic() < self._look_again:
            return False
        self._look_again = time.monotonic() + _LOOK_SECONDS
        return unowned(self._options, self._topic, self._group) > 0

    def _leave_after(self, error: KafkaError) -> None:
        """A member that comes back is known to the group at once, so that only errors that stay cost membership."""
        if not error.retriable:
            self.close()

    def _forget(self) -> None:
        self._held.clear()
        if self._share is not None:
            self._share.forget()
