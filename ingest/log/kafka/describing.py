"""What is on the brokers: partitions and records of topics, and how far groups have come."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from kafka import TopicPartition
from kafka.admin import OffsetSpec

from ingest.log.kafka.asking import asked
from ingest.log.kafka.checking import explained
from ingest.log.kafka.options import KafkaOptions, group_name, topic_name
from ingest.log.kafka.rights import look_at_topics


class TopicState(msgspec.Struct, frozen=True, kw_only=True):
    """A topic: its partitions, how many records it keeps, and by group how many of them are not committed.

    Where records were compacted away, both figures are upper bounds.
    """

    topic: str
    partitions: int
    records: int
    lags: Mapping[str, int]


def describe(options: KafkaOptions, topics: Iterable[str]) -> list[TopicState]:
    """The state of these topics, with every group of ours that has committed on them. Errors are `LogError`."""
    names = list(topics)
    with explained(options, read=names):
        return asked(options, lambda admin: [_state(admin, options, topic) for topic in names])


def lag(options: KafkaOptions, topic: str, group: str) -> int:
    """How many records of the topic the group has not committed. Errors are `LogError`."""
    with explained(options, read=[topic], group=group):
        return asked(options, lambda admin: _lag(admin, options, topic, group))


def unowned(options: KafkaOptions, topic: str, group: str) -> int:
    """How many partitions no reader of the group has been given, although it has settled."""
    return asked(options, lambda admin: _unowned(admin, options, topic, group))


def _unowned(admin: Any, options: KafkaOptions, topic: str, group: str) -> int:
    name = group_name(options, topic, group)
    found = admin.describe_groups([name])[name]
    if found["group_state"] != "Stable":
        return 0
    given = [part for member in found["members"] for part in member["member_assignment"]["assigned_partitions"]]
    return len(_places(admin, options, topic)) - sum(len(part["partitions"]) for part in given)


def _lag(admin: Any, options: KafkaOptions, topic: str, group: str) -> int:
    places = _places(admin, options, topic)
    return _uncommitted(admin, group_name(options, topic, group), *_bounds(admin, places))


def _state(admin: Any, options: KafkaOptions, topic: str) -> TopicState:
    places = _places(admin, options, topic)
    first, end = _bounds(admin, places)
    lags = {
        group: _uncommitted(admin, group_name(options, topic, group), first, end)
        for group in _groups(admin, options, topic)
    }
    records = sum(end.values()) - sum(first.values())
    return TopicState(topic=topic, partitions=len(places), records=records, lags=lags)


def _groups(admin: Any, options: KafkaOptions, topic: str) -> list[str]:
    before, behind = options.prefix, f".{topic}"
    names = (found["group_id"] for found in admin.list_groups())
    return sorted(
        name[len(before) : -len(behind)] for name in names if name.startswith(before) and name.endswith(behind)
    )


def _places(admin: Any, options: KafkaOptions, topic: str) -> list[Any]:
    look_at_topics(admin, options, [topic], "DESCRIBE")
    name = topic_name(options, topic)
    (found,) = admin.describe_topics([name])
    return [TopicPartition(name, part["partition_index"]) for part in found["partitions"]]


def _bounds(admin: Any, places: Sequence[Any]) -> tuple[dict[Any, int], dict[Any, int]]:
    """Of each partition the first offset that is kept, and the one that the next record will have."""
    first, end = (
        admin.list_partition_offsets(dict.fromkeys(places, which)) for which in (OffsetSpec.EARLIEST, OffsetSpec.LATEST)
    )
    return ({place: first[place].offset for place in places}, {place: end[place].offset for place in places})


def _uncommitted(admin: Any, group: str, first: Mapping[Any, int], end: Mapping[Any, int]) -> int:
    committed = admin.list_group_offsets({group: list(end)})[group]
    return sum(max(0, end[place] - max(committed[place].offset, first[place])) for place in end)
