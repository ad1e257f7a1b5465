"""Finds single records by their place, outside of any group."""

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError

from ingest.log.contract import LogRecord
from ingest.log.kafka.asking import asked
from ingest.log.kafka.checking import explained
from ingest.log.kafka.connecting import client_settings
from ingest.log.kafka.options import KafkaOptions, topic_name
from ingest.log.kafka.patience import left_ms, patiently
from ingest.log.kafka.records import decoded
from ingest.log.kafka.rights import look_at_topics

_POLL_MS = 200
_CLOSE_MS = 2_000


class Finder:
    """One consumer without a group, made when it is first needed. One thread at a time."""

    def __init__(self, options: KafkaOptions) -> None:
        self._options = options
        self._consumer: Any = None
        self._partitions: dict[str, int] = {}

    def at(self, topic: str, partition: int, offset: int) -> LogRecord | None:
        """The record at this place; None where it is kept no longer, or never was. Errors are `LogError`."""
        with explained(self._options, read=[topic]):
            try:
                if partition < 0 or partition >= self._known_partitions(topic, partition):
                    return None
                place = TopicPartition(topic_name(self._options, topic), partition)
                deadline = time.monotonic() + self._options.timeout_seconds
                return patiently(deadline, lambda: self._at(place, offset, deadline))
            except KafkaError:
                self.close()
                raise

    def close(self) -> None:
        """Let go of the connection."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            with suppress(KafkaError):
                consumer.close(timeout_ms=_CLOSE_MS)

    def _known_partitions(self, topic: str, partition: int) -> int:
        """How many there are; they only ever grow in number."""
        if partition >= self._partitions.get(topic, 0):
            self._partitions[topic] = asked(self._options, lambda admin: self._count(admin, topic))
        return self._partitions[topic]

    def _count(self, admin: Any, topic: str) -> int:
        look_at_topics(admin, self._options, [topic], "READ")
        described: Sequence[dict[str, Any]] = admin.describe_topics([topic_name(self._options, topic)])
        return len(described[0]["partitions"])

    def _at(self, place: Any, offset: int, deadline: float) -> LogRecord | None:
        if self._consumer is None:
            self._consumer = KafkaConsumer(**_settings(self._options))
        first = self._consumer.beginning_offsets([place], timeout_ms=left_ms(deadline))[place]
        end = self._consumer.end_offsets([place], timeout_ms=left_ms(deadline))[place]
        if not first <= offset < end:
            return None
        self._consumer.assign([place])
        self._consumer.seek(place, offset)
        while self._consumer.position(place, timeout_ms=left_ms(deadline)) <= offset:
            for found in self._consumer.poll(timeout_ms=_POLL_MS, max_records=1).get(place, ()):
                return decoded(found) if found.offset == offset else None
            if time.monotonic() > deadline:
                raise KafkaTimeoutError("the record does not come")
        return None


def _settings(options: KafkaOptions) -> dict[str, Any]:
    return client_settings(options) | {
        "group_id": None,
        "enable_auto_commit": False,
        "auto_offset_reset": "earliest",
        "fetch_max_wait_ms": _POLL_MS,
        "allow_auto_create_topics": False,
        "metrics_enabled": False,
    }
