"""Appends records: in order of their keys, each once, and kept by the brokers when it returns."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from kafka import KafkaProducer
from kafka.codec import has_zstd
from kafka.errors import KafkaError

from ingest.log.contract import Record
from ingest.log.kafka.asking import asked
from ingest.log.kafka.checking import explained
from ingest.log.kafka.connecting import client_settings, reach, request_milliseconds
from ingest.log.kafka.options import KafkaOptions, topic_name
from ingest.log.kafka.patience import milliseconds
from ingest.log.kafka.records import LARGEST_MESSAGE_BYTES, Encoded, encoded
from ingest.log.kafka.rights import look_at_topics

_LINGER_MS = 5
_BATCH_BYTES = 262_144
_AT_ONCE = 5_000  # records that wait for acknowledgement at one time
_CLOSE_SECONDS = 2.0


class Writer:
    """One idempotent producer, made when it is first needed; after an error a new one. Any number of threads."""

    def __init__(self, options: KafkaOptions) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._producer: Any = None
        self._seen: set[str] = set()

    def append(self, topic: str, records: Sequence[Record]) -> int:
        """Write the records and return how many, when all brokers in sync have them. Errors are `LogError`."""
        ready = encoded(records)
        with explained(self._options, write=[topic]):
            for part in _parts(ready):
                self._send(topic, part)
        return len(ready)

    def close(self) -> None:
        """Let go of the connections; nothing waits to be sent."""
        with self._lock:
            _close(self._producer)
            self._producer = None

    def _send(self, topic: str, records: Sequence[Encoded]) -> None:
        self._look_at(topic)
        producer, name = self._opened(), topic_name(self._options, topic)
        try:
            sent = [
                producer.send(name, value=record.value, key=record.key, headers=list(record.headers))
                for record in records
            ]
            # What fails is told by the futures, at the latest when the delivery times out.
            producer.flush(2 * self._options.timeout_seconds)
            for future in sent:
                future.get(timeout=0)
        except KafkaError:
            self._give_up(producer)
            raise

    def _look_at(self, topic: str) -> None:
        """The producer would wait for a topic that is not there until time is up."""
        if topic not in self._seen:
            asked(self._options, lambda admin: look_at_topics(admin, self._options, [topic], "WRITE"))
            self._seen.add(topic)

    def _opened(self) -> Any:
        with self._lock:
            if self._producer is None:
                reach(self._options, self._options.timeout_seconds)
                self._producer = KafkaProducer(**_settings(self._options))
            return self._producer

    def _give_up(self, producer: Any) -> None:
        with self._lock:
            if self._producer is producer:
                self._producer = None
        _close(producer)


def _settings(options: KafkaOptions) -> dict[str, Any]:
    wait = milliseconds(options.timeout_seconds)
    return client_settings(options) | {
        "acks": "all",
        "enable_idempotence": True,
        "compression_type": "zstd" if has_zstd() else "gzip",
        "linger_ms": _LINGER_MS,
        "batch_size": _BATCH_BYTES,
        "max_request_size": LARGEST_MESSAGE_BYTES,
        "max_block_ms": wait,
        "delivery_timeout_ms": max(wait, request_milliseconds(options) + 2 * _LINGER_MS),
        "allow_auto_create_topics": False,
        "metrics_enabled": False,
    }


def _parts(records: Sequence[Encoded]) -> Iterator[Sequence[Encoded]]:
    for start in range(0, len(records), _AT_ONCE):
        yield records[start : start + _AT_ONCE]


def _close(producer: Any) -> None:
    """What could not be sent was told by `append`, and is given up."""
    if producer is None:
        return
    # `close` alone waits for what cannot be sent, raises, and leaves a thread behind that goes on trying.
    producer._sender.force_close()
    with suppress(KafkaError):
        producer.close(timeout=_CLOSE_SECONDS)
