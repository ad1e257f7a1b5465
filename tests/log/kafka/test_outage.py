"""A broker dies, hangs or comes back: operations wait for it, then say what is the matter; nothing is lost."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from ingest.log import Record
from ingest.log.kafka import KafkaLog, UnreachableError, create_topics
from tests.engines.fixtures import skipping
from tests.engines.kafka import KafkaServer
from tests.engines.kafka_cluster import KafkaCluster
from tests.log.kafka.brokers import options, plans
from tests.log.kafka.threads import Appender, Worker, in_order

pytestmark = pytest.mark.engines


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[KafkaCluster]:
    with skipping():
        brokers = KafkaCluster(tmp_path / "cluster")
        brokers.start()
    yield brokers
    brokers.stop()


@pytest.mark.slow
def test_a_broker_that_is_killed_in_mid_stream_and_comes_back_costs_nothing(
    own_kafka: Callable[..., KafkaServer],
) -> None:
    server = own_kafka()
    made = options(server.bootstrap, "p-", timeout_seconds=60)
    create_topics(made, plans("t", partitions=3))
    appender, worker = Appender(made), Worker(made, 100)
    appender.start()
    worker.start()
    for _ in range(2):
        time.sleep(1)
        server.stop()
        server.start()
    time.sleep(1)
    appender.finish()
    worker.finish()
    assert sorted(worker.handled) == sorted(appender.written)
    assert in_order(worker.handled)


@pytest.mark.slow
def test_one_broker_of_three_may_die_in_mid_stream(cluster: KafkaCluster) -> None:
    made = options(cluster.bootstrap, "p-", timeout_seconds=60)
    create_topics(made, plans("t", partitions=6, replicas=3))
    appender, worker = Appender(made), Worker(made, 100)
    appender.start()
    worker.start()
    time.sleep(2)
    cluster.servers[1].stop()
    time.sleep(5)
    cluster.servers[1].start()
    cluster.servers[2].stop()
    time.sleep(3)
    appender.finish()
    worker.finish()
    assert sorted(worker.handled) == sorted(appender.written)
    assert in_order(worker.handled)
    cluster.servers[0].stop()
    with pytest.raises(UnreachableError, match="start them"):
        KafkaLog(options(cluster.bootstrap, "p-", timeout_seconds=3)).append("t", [Record("a", b"")])


@pytest.mark.slow
def test_without_a_broker_everything_fails_in_time_with_the_reason_and_works_again_later(
    own_kafka: Callable[..., KafkaServer],
) -> None:
    server = own_kafka()
    made = options(server.bootstrap, "p-", timeout_seconds=3, session_seconds=60)
    create_topics(made, plans("t"))
    log, hasty = KafkaLog(made), KafkaLog(msgspec.structs.replace(made, timeout_seconds=1))
    log.append("t", [Record(key, b"") for key in "abc"])
    hasty.append("t", [Record("d", b"")])
    held = log.read("t", "g", 2)
    assert held

    server.pause()
    for work in (lambda: hasty.append("t", [Record("e", b"")]), lambda: log.commit("t", "g", held)):
        with pytest.raises(UnreachableError, match="takes connections but says nothing"):
            work()
    server.resume()
    log.commit("t", "g", held[:1])
    assert log.lag("t", "g") >= 3

    server.stop()
    began = time.monotonic()
    for work in (
        lambda: log.read("t", "g", 99),
        lambda: log.commit("t", "g", held),
        lambda: hasty.append("t", [Record("f", b"")]),
        lambda: hasty.lag("t", "g"),
        lambda: hasty.at("t", 0, 0),
        lambda: KafkaLog(made),
    ):
        with pytest.raises(UnreachableError, match="nothing listens there: start the broker"):
            work()
    assert time.monotonic() - began < 30

    server.start()
    assert hasty.append("t", [Record("g", b"")]) == 1
    log.commit("t", "g", held)
    rest = [record.key for record in log.read("t", "g", 99)]
    assert rest[:2] == ["c", "d"]
    assert rest[-1] == "g"
    for one in (log, hasty):
        one.close()
