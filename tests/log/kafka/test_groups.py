"""Readers of one group share the partitions; one may come, go or die in mid-batch: nothing is lost."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.protocol.consumer.metadata import ConsumerProtocolAssignment

from ingest.log import Record
from ingest.log.kafka import KafkaLog, KafkaOptions, LogError, create_topics
from tests.log.kafka.brokers import options, plans
from tests.log.kafka.threads import Worker

pytestmark = pytest.mark.engines
ROOT = Path(__file__).parents[3]


@pytest.fixture
def shared(kafka: str, prefix: str) -> KafkaOptions:
    """A topic of four partitions."""
    made = options(kafka, prefix)
    create_topics(made, plans("t", partitions=4))
    return made


def written(shared: KafkaOptions, count: int) -> list[bytes]:
    log = KafkaLog(shared)
    values = [f"{number}".encode() for number in range(count)]
    log.append("t", [Record(value.decode(), value) for value in values])
    log.close()
    return values


def test_two_readers_share_and_one_that_leaves_in_mid_batch_leaves_it_to_the_other(shared: KafkaOptions) -> None:
    values = written(shared, 2_000)
    staying, leaving = Worker(shared, 20), Worker(shared, 20, batches=5)
    staying.start()
    leaving.start()
    leaving.join(60)
    staying.finish()
    leaving.finish()
    assert leaving.handled
    assert leaving.left_open
    assert sorted(staying.handled + leaving.handled) == sorted(values)


def test_what_a_killed_reader_had_in_hand_is_read_by_another(shared: KafkaOptions) -> None:
    values = written(shared, 40)
    code = (
        "import sys, time; from tests.log.kafka.brokers import options; from ingest.log.kafka import KafkaLog\n"
        "log = KafkaLog(options(sys.argv[1], sys.argv[2]))\n"
        "first = log.read('t', 'g', 10); log.commit('t', 'g', first)\n"
        "batch = log.read('t', 'g', 20); print(*(record.value.decode() for record in first), flush=True)\n"
        "time.sleep(600)"
    )
    command = [sys.executable, "-c", code, *shared.bootstrap_servers, shared.prefix]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        handled = [value.encode() for value in reader.stdout.readline().split()]
        reader.kill()
    log = KafkaLog(shared)
    deadline = time.monotonic() + 40
    found: list[bytes] = []
    while len(found) < 30 and time.monotonic() < deadline:
        batch = log.read("t", "g", 100)
        log.commit("t", "g", batch)
        found += [record.value for record in batch]
    assert sorted(found + handled) == sorted(values)
    log.close()


def test_the_commit_of_a_reader_that_was_given_up_counts_for_nothing_and_does_not_fail(
    kafka: str, shared: KafkaOptions
) -> None:
    values = written(shared, 40)
    slow = KafkaLog(options(kafka, shared.prefix, batch_minutes=0.02))
    quick = KafkaLog(shared)
    batch = slow.read("t", "g", 40)
    assert len(batch) == 40
    deadline = time.monotonic() + 30
    while not (again := quick.read("t", "g", 40)):
        assert time.monotonic() < deadline
    assert sorted(record.value for record in again) == sorted(values)
    quick.commit("t", "g", again[:5])
    slow.commit("t", "g", batch)
    assert quick.lag("t", "g") == 35
    quick.commit("t", "g", again)
    quick.close()
    assert slow.lag("t", "g") == 0
    assert slow.read("t", "g", 40) == []
    slow.close()


class Forgetful(RangePartitionAssignor):  # type: ignore[misc]
    """Shares out a topic once as if it had no partitions, as happens before a client has heard of it."""

    shares = 0

    @classmethod
    def assign(cls, cluster: Any, members: Any) -> Any:
        cls.shares += 1
        if cls.shares != 1:
            return super().assign(cluster, members)
        return {member.member_id: ConsumerProtocolAssignment(cls.version, [], b"") for member in members}


def test_a_reader_that_was_given_nothing_asks_again(shared: KafkaOptions) -> None:
    written(shared, 20)
    leader = KafkaConsumer(
        f"{shared.prefix}t",
        bootstrap_servers=list(shared.bootstrap_servers),
        group_id=f"{shared.prefix}g.t",
        partition_assignment_strategy=[Forgetful],
        enable_auto_commit=False,
    )
    stopping = threading.Event()

    def lead() -> None:
        while not stopping.is_set():
            leader.poll(timeout_ms=50)
        leader.close()

    thread = threading.Thread(target=lead, daemon=True)
    Forgetful.shares = -1_000
    thread.start()
    deadline = time.monotonic() + 20
    while len(leader.assignment()) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    Forgetful.shares = 0
    log = KafkaLog(shared)
    found = log.read("t", "g", 100)
    assert Forgetful.shares >= 1
    assert found
    stopping.set()
    thread.join(20)
    log.close()


def test_a_named_reader_keeps_its_partitions_over_a_restart(kafka: str, shared: KafkaOptions) -> None:
    written(shared, 20)
    named = options(kafka, shared.prefix, instance="one")
    first = KafkaLog(named)
    batch = first.read("t", "g", 5)
    first.commit("t", "g", batch)
    first.close()
    began = time.monotonic()
    second = KafkaLog(named)
    rest = second.read("t", "g", 100)
    assert time.monotonic() - began < 5
    assert len(rest) == 15
    second.close()


def test_two_readers_with_one_name_are_an_error_that_says_so(kafka: str, shared: KafkaOptions) -> None:
    written(shared, 20)
    named = options(kafka, shared.prefix, instance="one", timeout_seconds=10)
    first, second = KafkaLog(named), KafkaLog(named)
    batch = first.read("t", "g", 5)
    second.read("t", "g", 5)
    with pytest.raises(LogError, match="another reader is called one as well"):
        first.commit("t", "g", batch)
    first.close()
    second.close()
