"""How long appending and reading takes, by the log and by the bare client, in turns in one process."""

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from kafka import KafkaConsumer, KafkaProducer
from kafka.codec import has_zstd

from bench.machine import Clock
from ingest.log import Record
from ingest.log.kafka import KafkaLog, KafkaOptions, TopicPlan, create_topics

MESSAGE_BYTES = 900
PARTITIONS = 6
BATCH = 1_000
TURN = 5_000
CONDITIONS = (
    f"Batches of {BATCH:,}, {PARTITIONS} partitions, 100 keys; all replicas acknowledge. They take turns of {TURN:,} "
    "messages, so that what else the machine does falls on both."
)
_WORDS = ("polling", "station", "open", "until", "nine", "bring", "your", "card", "letter", "post", "monday", "council")


def seconds_taken(servers: tuple[str, ...], count: int) -> dict[str, float]:
    """Seconds for so many messages: append, bare append, read, bare read."""
    records = [Record(f"author-{number % 100:03}", _message(number), "message/1") for number in range(count)]
    options = KafkaOptions(bootstrap_servers=servers, prefix=f"bench-{uuid.uuid4().hex[:8]}-")
    plans = [TopicPlan(topic=name, partitions=PARTITIONS, replicas=1, retention_days=1) for name in ("ours", "bare")]
    create_topics(options, plans)
    log, producer, consumer = KafkaLog(options), _producer(options), _consumer(options)
    clock = Clock()
    for turn in _turns(records):
        with clock.stage("append"):
            _append(log, turn)
        with clock.stage("bare append"):
            _bare_append(producer, f"{options.prefix}bare", turn)
    spare = 0
    for turn in _turns(records):
        with clock.stage("read"):
            _read(log, len(turn))
        with clock.stage("bare read"):
            spare = _bare_read(consumer, len(turn) - spare)
    for client in (log, producer, consumer):
        client.close()
    return clock.seconds


def _turns(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    for start in range(0, len(records), TURN):
        yield records[start : start + TURN]


def _message(number: int) -> bytes:
    text = " ".join(_WORDS[(number * 7 + place * (number % 5 + 1)) % len(_WORDS)] for place in range(200))
    bare = json.dumps({"id": f"{number:012}", "source": "bench", "text": ""})
    return json.dumps({"id": f"{number:012}", "source": "bench", "text": text[: MESSAGE_BYTES - len(bare)]}).encode()


def _producer(options: KafkaOptions) -> Any:
    """As it comes, but for the compression."""
    codec = "zstd" if has_zstd() else "gzip"
    return KafkaProducer(bootstrap_servers=list(options.bootstrap_servers), compression_type=codec)


def _consumer(options: KafkaOptions) -> Any:
    return KafkaConsumer(
        f"{options.prefix}bare",
        bootstrap_servers=list(options.bootstrap_servers),
        group_id=f"{options.prefix}g",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=BATCH,
    )


def _append(log: KafkaLog, records: Sequence[Record]) -> None:
    for start in range(0, len(records), BATCH):
        log.append("ours", records[start : start + BATCH])


def _bare_append(producer: Any, topic: str, records: Sequence[Record]) -> None:
    for start in range(0, len(records), BATCH):
        for record in records[start : start + BATCH]:
            producer.send(topic, key=record.key.encode(), value=record.value, headers=[("schema", b"message/1")])
        producer.flush()


def _read(log: KafkaLog, count: int) -> None:
    while count > 0:
        batch = log.read("ours", "g", min(BATCH, count))
        log.commit("ours", "g", batch)
        count -= len(batch)


def _bare_read(consumer: Any, count: int) -> int:
    """How many more than asked came with the last batch."""
    while count > 0:
        count -= sum(map(len, consumer.poll(timeout_ms=500).values()))
        consumer.commit()
    return -count
