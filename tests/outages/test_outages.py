"""Workers, brokers and the search server die in mid-work: nothing is lost, nothing doubled, and the cause is named."""

import random
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.elasticsearch import ElasticsearchServer
from tests.engines.fixtures import skipping
from tests.engines.kafka import KafkaServer
from tests.engines.kafka_cluster import KafkaCluster
from tests.outages.monitor import Account, Monitor, running, stream, wait_until
from tests.stemwacht.stream import watcher

pytestmark = [pytest.mark.engines, pytest.mark.slow]
CLEAN = Account(lost=0, doubled=0, dead_letters=0)
CAMPAIGNS = {"mail_merge": 30, "light_edit": 24}


def kill_again_and_again(monitor: Monitor, kills: int, messages: int) -> None:
    """Kill -9 the worker at random moments while messages keep coming, and compare with a run that nobody disturbed."""
    chance = random.Random(kills)
    sent = stream(11, messages - sum(CAMPAIGNS.values()), CAMPAIGNS)
    parts = [sent[start :: kills + 1] for start in range(kills + 1)]
    for part in parts[:kills]:
        worker = monitor.start()
        monitor.send(part)
        if chance.random() < 0.7:
            worker.until_said("batch")
        time.sleep(chance.uniform(0, 1.5))
        worker.kill()
    monitor.send(parts[kills])
    monitor.send(parts[0])
    monitor.start()
    monitor.until_handled()
    assert monitor.account(sent) == CLEAN
    monitor.stop()
    found = monitor.kept()
    with watcher() as undisturbed:
        undisturbed.hear(sent)
        undisturbed.reconcile()
        expected = undisturbed.kept()
    assert found.families == expected.families
    assert found.current == expected.current
    assert expected.current


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(
    tmp_path: Path, kafka: str, elasticsearch: str, prefix: str
) -> None:
    with running(Monitor(tmp_path / "house", kafka, elasticsearch, prefix)) as monitor:
        kill_again_and_again(monitor, kills=4, messages=400)


@pytest.mark.soak
def test_a_worker_that_is_killed_fifty_times(tmp_path: Path, kafka: str, elasticsearch: str, prefix: str) -> None:
    with running(Monitor(tmp_path / "house", kafka, elasticsearch, prefix)) as monitor:
        kill_again_and_again(monitor, kills=50, messages=5_000)


def test_a_worker_that_joins_and_one_that_leaves_in_mid_batch(
    tmp_path: Path, kafka: str, elasticsearch: str, prefix: str
) -> None:
    sent = stream(12, 600, CAMPAIGNS)
    with running(Monitor(tmp_path / "house", kafka, elasticsearch, prefix)) as monitor:
        monitor.send(sent[::2])
        first = monitor.start()
        first.until_said("batch")
        second = monitor.start()
        while "batch" not in second.said:  # what comes twice is kept once
            assert second.runs, second.said
            monitor.send(sent[1::8])
            time.sleep(1)
        monitor.send(sent[1::2])
        first.kill()
        monitor.until_handled()
        assert monitor.account(sent) == CLEAN


def test_a_broker_that_stops_and_comes_back(
    tmp_path: Path, own_kafka: Callable[..., KafkaServer], elasticsearch: str, prefix: str
) -> None:
    broker = own_kafka()
    sent = stream(13, 300, CAMPAIGNS)
    with running(Monitor(tmp_path / "house", broker.bootstrap, elasticsearch, prefix)) as monitor:
        monitor.send(sent[::2])
        worker = monitor.start()
        worker.until_said("batch")
        broker.stop()
        worker.until_said("Trying again; nothing is lost.")
        assert broker.bootstrap in worker.said
        broker.start()
        monitor.send(sent[1::2])
        monitor.until_handled()
        assert monitor.account(sent) == CLEAN
        assert worker.runs
        assert "Traceback" not in worker.said


def test_a_search_server_that_stops_and_comes_back(
    tmp_path: Path, kafka: str, own_elasticsearch: Callable[..., ElasticsearchServer], prefix: str
) -> None:
    server = own_elasticsearch()
    sent = stream(14, 300, CAMPAIGNS)
    with running(Monitor(tmp_path / "house", kafka, server.url, prefix)) as monitor:
        monitor.send(sent)
        worker = monitor.start()
        worker.until_said("batch")
        server.stop()
        worker.until_said("Trying again; nothing is lost.")
        assert server.url in worker.said
        server.start()
        monitor.until_handled()
        assert monitor.account(sent) == CLEAN
        assert worker.runs
        assert "Traceback" not in worker.said


def test_a_search_server_whose_disk_is_read_only(
    tmp_path: Path, kafka: str, own_elasticsearch: Callable[..., ElasticsearchServer], prefix: str
) -> None:
    server = own_elasticsearch()
    sent = stream(15, 300, CAMPAIGNS)
    with running(Monitor(tmp_path / "house", kafka, server.url, prefix)) as monitor:
        block_writes(server, prefix, blocked=True)
        monitor.send(sent)
        worker = monitor.start()
        worker.until_said("Trying again; nothing is lost.")
        assert "disk" in worker.said
        block_writes(server, prefix, blocked=False)
        monitor.until_handled()
        assert monitor.account(sent) == CLEAN


@pytest.mark.soak
def test_one_of_three_brokers_is_killed(tmp_path: Path, elasticsearch: str, prefix: str) -> None:
    sent = stream(16, 600, CAMPAIGNS)
    with skipping(), KafkaCluster(tmp_path / "cluster") as cluster:
        replicated = {"STEMWACHT_KAFKA__REPLICAS": "3"}
        with running(Monitor(tmp_path / "house", cluster.bootstrap, elasticsearch, prefix, **replicated)) as monitor:
            monitor.send(sent[::3])
            worker = monitor.start()
            worker.until_said("batch")
            killing = threading.Thread(target=cluster.servers[0].stop)
            killing.start()
            monitor.send(sent[1::3])
            killing.join()
            monitor.send(sent[2::3])
            monitor.until_handled()
            assert monitor.account(sent) == CLEAN


def block_writes(server: ElasticsearchServer, prefix: str, *, blocked: bool) -> None:
    """What the server itself does to every index when its disk passes the flood stage."""
    body = (
        b'{"index.blocks.read_only_allow_delete": true}'
        if blocked
        else b'{"index.blocks.read_only_allow_delete": null}'
    )
    request = urllib.request.Request(
        f"{server.url}/{prefix.rstrip('-')}*/_settings", body, {"Content-Type": "application/json"}, method="PUT"
    )
    wait_until(lambda: urllib.request.urlopen(request, timeout=30).status == 200, "the settings are refused")
