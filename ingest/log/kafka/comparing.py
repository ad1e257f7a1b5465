"""How a topic that is there differs from its plan; its retention is brought to it, all else is told."""

from collections.abc import Iterator
from typing import Any

from kafka.admin import AlterConfigOp, ConfigResource, ConfigResourceType

from ingest.log.kafka.planning import RETENTION, TopicPlan, days, kept, settings


def compare(admin: Any, found: dict[str, Any], plan: TopicPlan) -> tuple[list[str], list[str]]:
    """What was changed and what was left, a line each; `found` is the topic as an admin client describes it."""
    name, left = found["name"], [*_shape(found, plan)]
    topic = ConfigResource(ConfigResourceType.TOPIC, name)
    described = admin.describe_configs([topic], config_filter="all").get("topic", {}).get(name, {})
    there = {key: value["value"] for key, value in described.items()}
    if not there:
        return [], [*left, f"{name}: its settings may not be read (right DescribeConfigs); not compared with the plan"]
    wanted = settings(plan)
    left += [
        f"{name}: {key} is {there.get(key)}, {value} is meant: left; see kafka-configs --alter"
        for key, value in wanted.items()
        if key != RETENTION and there.get(key) != value
    ]
    before, after = there.get(RETENTION), wanted.get(RETENTION)
    if after in (None, before):
        return [], left
    change = ConfigResource(ConfigResourceType.TOPIC, name, {RETENTION: (AlterConfigOp.SET, after)})
    answer = admin.alter_configs([change])["topic"][name]
    if answer != "OK":
        return [], [*left, f"{name}: {kept(plan)} is refused, it stays at {days(before)}: {answer}"]
    return [f"{name}: {kept(plan)}; it was {days(before)}"], left


def _shape(found: dict[str, Any], plan: TopicPlan) -> Iterator[str]:
    name, parts = found["name"], found["partitions"]
    if len(parts) != plan.partitions:
        yield (
            f"{name}: {len(parts)} partitions, {plan.partitions} are configured: left, for another number would break "
            "the order of records with one key; to change it, let the topic run empty, delete it and run setup again"
        )
    replicas = {len(part["replica_nodes"]) for part in parts}
    if replicas - {plan.replicas}:
        yield f"{name}: {max(replicas)} replicas, {plan.replicas} are configured: left; see kafka-reassign-partitions"
