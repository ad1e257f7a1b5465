"""Which topics there are to be, and how they are to be set."""

import msgspec

from ingest.envelopes import ALERTS, DEAD_LETTERS, MESSAGES
from ingest.log.kafka.records import LARGEST_MESSAGE_BYTES

RETENTION = "retention.ms"
_DEAD_LETTERS_LAST = 10  # times as long as messages: somebody has to look at them
_DAY_MS = 86_400_000


class TopicPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A topic as it should be; without `retention_days` the newest record of each key stays for ever."""

    topic: str
    partitions: int
    replicas: int
    retention_days: int | None


def standard_topics(*, partitions: int, replicas: int, retention_days: int) -> tuple[TopicPlan, ...]:
    """Messages for `retention_days`, dead letters for ten times as long, of alerts the newest state of each."""

    def plan(topic: str, days: int | None) -> TopicPlan:
        return TopicPlan(topic=topic, partitions=partitions, replicas=replicas, retention_days=days)

    return (
        plan(MESSAGES, retention_days),
        plan(DEAD_LETTERS, retention_days * _DEAD_LETTERS_LAST),
        plan(ALERTS, None),
    )


def settings(plan: TopicPlan) -> dict[str, str]:
    """What the topic is made with. Age counts from when the broker got a record, and goes off by whole days."""
    always = {
        "min.insync.replicas": str(max(1, plan.replicas - 1)),
        "max.message.bytes": str(LARGEST_MESSAGE_BYTES),
        "message.timestamp.type": "LogAppendTime",
        "segment.ms": str(_DAY_MS),
    }
    if plan.retention_days is None:
        return always | {"cleanup.policy": "compact"}
    return always | {"cleanup.policy": "delete", RETENTION: str(plan.retention_days * _DAY_MS)}


def kept(plan: TopicPlan) -> str:
    """How long records stay, in words."""
    if plan.retention_days is None:
        return "the newest record of each key is kept"
    return f"records are kept for {plan.retention_days} days"


def days(retention_ms: str | None) -> str:
    """A retention as the brokers tell it, in words."""
    if retention_ms is None or int(retention_ms) < 0:
        return "for ever"
    return f"{int(retention_ms) / _DAY_MS:g} days"
