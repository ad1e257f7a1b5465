"""Kafka as docker-compose.yml has it: who comes in, who may do what, and what is there after a second start."""

from contextlib import closing
from typing import Any

import pytest
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import GroupAuthorizationFailedError, KafkaError, TopicAuthorizationFailedError

from tests.deploy.broker import Broker

pytestmark = pytest.mark.engines


def make_topic(broker: Broker, name: str) -> None:
    with closing(KafkaAdminClient(**broker.client())) as admin:
        admin.create_topics({name: {"num_partitions": 1, "replication_factor": 1}})


def write(broker: Broker, topic: str, value: bytes) -> None:
    with closing(KafkaProducer(**broker.client())) as producer:
        producer.send(topic, value).get(10)


def read(broker: Broker, topic: str, group: str | None = None) -> bytes:
    """The first record. A consumer that met a broker before this knew its topics finds nothing: another is asked."""
    asked = {"group_id": group, "auto_offset_reset": "earliest", "consumer_timeout_ms": 5_000}
    for _ in range(6):
        with closing(KafkaConsumer(topic, **broker.client(), **asked)) as reader:
            for record in reader:
                value: bytes = record.value
                return value
    raise AssertionError(f"nothing came of {topic}")


def refuses(who: dict[str, Any]) -> bool:
    try:
        KafkaAdminClient(**(who | {"bootstrap_timeout_ms": 2000})).close()
    except KafkaError:
        return True
    return False


def test_the_health_check_signs_in(broker: Broker) -> None:
    assert broker.run("kafka-admin.sh", "broker-api-versions").returncode == 0
    assert broker.run("kafka-admin.sh", "broker-api-versions", ADMIN_PASSWORD="wrong").returncode != 0


def test_the_worker_makes_writes_and_reads_topics_of_the_prefix(broker: Broker) -> None:
    make_topic(broker, f"{broker.prefix}letters")
    write(broker, f"{broker.prefix}letters", b"one")
    assert read(broker, f"{broker.prefix}letters", f"{broker.prefix}watch.letters") == b"one"


def test_the_worker_may_touch_nothing_else(broker: Broker) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        make_topic(broker, "other")
    make_topic(broker, f"{broker.prefix}mine")
    with pytest.raises(GroupAuthorizationFailedError):
        read(broker, f"{broker.prefix}mine", "other")


def test_who_has_no_password_does_not_get_in(broker: Broker) -> None:
    assert not refuses(broker.client())
    assert refuses(broker.client("wrong"))
    assert refuses({"bootstrap_servers": broker.client()["bootstrap_servers"]})


def test_the_administrator_is_not_heard_where_clients_are(broker: Broker) -> None:
    who = broker.client(broker.environment["ADMIN_PASSWORD"]) | {"sasl_plain_username": "admin"}
    assert refuses(who)
    assert refuses(who | {"sasl_mechanism": "PLAIN"})


def test_a_renewed_password_counts_and_the_old_one_no_longer(broker: Broker) -> None:
    broker.give_access(WORKER_PASSWORD="renewed")
    assert not refuses(broker.client("renewed"))
    assert refuses(broker.client())
    broker.give_access()


def test_a_second_start_finds_what_was_written(broker: Broker) -> None:
    make_topic(broker, f"{broker.prefix}kept")
    write(broker, f"{broker.prefix}kept", b"one")
    broker.stop()
    broker.start()
    assert read(broker, f"{broker.prefix}kept") == b"one"


def test_no_password_stands_in_what_is_said(broker: Broker) -> None:
    said = broker.said + broker.log.read_text(encoding="utf-8")
    assert not [1 for name in ("ADMIN_PASSWORD", "WORKER_PASSWORD") if broker.access[name] in said]
