"""Whether topics are there and may be used, and whether those who hold them are up."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from kafka.errors import GroupAuthorizationFailedError

from ingest.log.kafka.connecting import answers
from ingest.log.kafka.errors import LogError, UnreachableError
from ingest.log.kafka.options import KafkaOptions, group_name, topic_name

_MISSING, _NO_LEADER, _FORBIDDEN, _NO_SUCH_NAME = 3, 5, 29, 17
_SURE_SECONDS, _PAUSE_SECONDS = 3.0, 0.2


def look_at_topics(admin: Any, options: KafkaOptions, topics: Iterable[str], operation: str) -> None:
    """Return where all these topics can be used for READ or WRITE. Raises `LogError` with the cause and the fix."""
    names = [topic_name(options, topic) for topic in topics]
    for found in _described(admin, names):
        _look_at_topic(found, options, operation)


def look_at_groups(admin: Any, options: KafkaOptions, topics: Sequence[str], group: str) -> None:
    """Return where the group may read these topics. Raises `LogError`; a group that is not there yet tells little."""
    for name in [group_name(options, topic, group) for topic in topics]:
        try:
            allowed = admin.describe_groups([name])[name]["authorized_operations"]
        except GroupAuthorizationFailedError:
            raise forbidden(options, "READ", f"the group {name}") from None
        if allowed and "READ" not in allowed:
            raise forbidden(options, "READ", f"the group {name}")


def look_at_holders(admin: Any, options: KafkaOptions, topics: Iterable[str]) -> None:
    """Return where every copy of these topics is in sync. Raises `UnreachableError` with what has to be started."""
    names = [topic_name(options, topic) for topic in topics]
    up = {one["broker_id"] for one in admin.describe_cluster()["brokers"] if answers(one["host"], one["port"])}
    for found in _described(admin, names):
        parts = found["partitions"]
        if down := sorted({part["leader_id"] for part in parts} - up):
            raise UnreachableError(f"{found['name']}: partitions are led by brokers {down}, which are down: start them")
        if late := sorted({node for part in parts for node in {*part["replica_nodes"]} - {*part["isr_nodes"]}}):
            raise UnreachableError(f"{found['name']}: brokers {late} hold copies and are down or behind: start them")


def forbidden(options: KafkaOptions, operation: str, what: str) -> LogError:
    """What to tell where the right to do this to "the topic ..." or "the group ..." is missing."""
    kind = what.split()[1]
    return LogError(
        f"{options.user} may not {operation} {what}: allow it (kafka-acls --add --allow-principal "
        f"User:{options.username or 'ANONYMOUS'} --operation {operation.title()} --{kind} '{options.prefix}' "
        "--resource-pattern-type prefixed)"
    )


def missing(name: str) -> LogError:
    """What to tell where a topic is not there."""
    return LogError(f"no topic {name} on Kafka: run `stemwacht setup`, which makes it")


def _described(admin: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    """The topics by name. A broker that has just started may not know one yet: it is asked again."""
    sure = time.monotonic() + _SURE_SECONDS
    while names:
        found: list[dict[str, Any]] = admin.describe_topics(names)
        if time.monotonic() > sure or all(one["error_code"] != _MISSING for one in found):
            return found
        time.sleep(_PAUSE_SECONDS)
    return []


def _look_at_topic(found: dict[str, Any], options: KafkaOptions, operation: str) -> None:
    name, code = found["name"], found["error_code"]
    if code in (_MISSING, _NO_SUCH_NAME):
        raise missing(name)
    if code == _FORBIDDEN:
        raise forbidden(options, operation, f"the topic {name}")
    allowed = found.get("authorized_operations")
    if allowed and operation not in allowed:
        raise forbidden(options, operation, f"the topic {name}")
    lost = [part["partition_index"] for part in found["partitions"] if part["leader_id"] < 0]
    if lost or code == _NO_LEADER:
        raise UnreachableError(f"{name}: no broker leads partitions {lost}: start the brokers that hold them")
