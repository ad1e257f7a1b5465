"""Logs on the Kafka of the test run, with topics of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.log import Log
from ingest.log.kafka import KafkaLog, KafkaOptions, TopicPlan, create_topics

TOPICS = ("messages", "dead-letters", "alerts", "t")


def options(bootstrap: str, prefix: str = "", **more: Any) -> KafkaOptions:
    """Those of a reader that is missed within seconds, unless told otherwise."""
    chosen = {"session_seconds": 6, **more}
    return KafkaOptions(bootstrap_servers=tuple(bootstrap.split(",")), prefix=prefix, **chosen)


def plans(*topics: str, partitions: int = 1, replicas: int = 1) -> list[TopicPlan]:
    """Topics that keep everything for a day."""
    return [TopicPlan(topic=name, partitions=partitions, replicas=replicas, retention_days=1) for name in topics]


def opener(bootstrap: str, prefix: str) -> Callable[[Path], Log]:
    """Opens the log with topics of one partition, which are made here."""
    wanted = options(bootstrap, prefix)
    create_topics(wanted, plans(*TOPICS))
    return lambda folder: KafkaLog(wanted)
