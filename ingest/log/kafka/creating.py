"""Makes the topics that are missing, and brings those that are there as near to the plan as is harmless."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from kafka.errors import (
    ClusterAuthorizationFailedError,
    InvalidReplicationFactorError,
    KafkaError,
    TopicAlreadyExistsError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
    for_code,
)

from ingest.log.kafka.asking import asked
from ingest.log.kafka.checking import explained
from ingest.log.kafka.comparing import compare
from ingest.log.kafka.errors import LogError
from ingest.log.kafka.options import KafkaOptions, topic_name
from ingest.log.kafka.patience import milliseconds
from ingest.log.kafka.planning import TopicPlan, kept, settings
from ingest.log.kafka.probing import probe
from ingest.log.kafka.rights import forbidden


class Topics(msgspec.Struct, frozen=True, kw_only=True):
    """What was made, what was changed, and what was left although it differs: a line each."""

    made: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def create_topics(options: KafkaOptions, plans: Sequence[TopicPlan]) -> Topics:
    """Make the topics that are not there; of those that are, only the retention is brought to the plan.

    More partitions would send records of one key to another partition than those before them, and break their order.
    Errors are `LogError`.
    """
    probe(options)
    with explained(options):
        return asked(options, lambda admin: _create(admin, options, plans))


def _create(admin: Any, options: KafkaOptions, plans: Sequence[TopicPlan]) -> Topics:
    names = {topic_name(options, plan.topic): plan for plan in plans}
    found = {topic["name"]: topic for topic in admin.describe_topics(list(names))}
    hidden = [name for name in names if _error(found[name]) is TopicAuthorizationFailedError]
    if hidden:
        raise forbidden(options, "DESCRIBE", f"the topic {', '.join(hidden)}")
    missing = {name: plan for name, plan in names.items() if _error(found[name]) is UnknownTopicOrPartitionError}
    made = tuple(_make(admin, options, missing))
    compared = [compare(admin, found[name], plan) for name, plan in names.items() if name not in missing]
    changed = tuple(line for lines, _ in compared for line in lines)
    left = tuple(line for _, lines in compared for line in lines)
    return Topics(made=made, changed=changed, left=left)


def _make(admin: Any, options: KafkaOptions, plans: dict[str, TopicPlan]) -> Iterator[str]:
    if not plans:
        return
    wanted = {
        name: {"num_partitions": plan.partitions, "replication_factor": plan.replicas, "configs": settings(plan)}
        for name, plan in plans.items()
    }
    for answer in admin.create_topics(wanted, raise_errors=False)["topics"]:
        if answer["error_code"] and _error(answer) is not TopicAlreadyExistsError:
            error = _error(answer)(answer["error_message"])
            raise _refused(options, error, answer["name"], plans[answer["name"]])
    admin.wait_for_topics(list(plans), timeout_ms=milliseconds(options.timeout_seconds))
    for name, plan in plans.items():
        yield f"{name}: {plan.partitions} partitions, {plan.replicas} replicas, {kept(plan)}"


def _error(answer: dict[str, Any]) -> Any:
    return for_code(answer["error_code"])


def _refused(options: KafkaOptions, error: KafkaError, name: str, plan: TopicPlan) -> LogError:
    if isinstance(error, TopicAuthorizationFailedError | ClusterAuthorizationFailedError):
        return forbidden(options, "CREATE", f"the topic {name}")
    if isinstance(error, InvalidReplicationFactorError):
        return LogError(
            f"{name}: {plan.replicas} replicas need as many brokers: start more, or lower replicas under [kafka]"
        )
    return LogError(f"{name}: the brokers refuse to make it: {error}")
