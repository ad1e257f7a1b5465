"""The Kafka of the tests is a real one: it keeps what it acknowledged, refuses whom it should and can lose a broker."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError, TopicAuthorizationFailedError

from tests.engines.fixtures import skipping
from tests.engines.kafka import KafkaServer
from tests.engines.kafka_cluster import KafkaCluster
from tests.engines.kafka_users import add_user, allow, client
from tests.engines.security import Access, Security

pytestmark = pytest.mark.engines
SOON_MS = {"bootstrap_timeout_ms": 3000}


def make_topic(access: Access, topic: str, *, copies: int = 1) -> None:
    admin = KafkaAdminClient(**client(access))
    admin.create_topics({topic: {"num_partitions": 1, "replication_factor": copies}})
    admin.close()


def write(access: Access, topic: str, *values: bytes, **who: str) -> None:
    producer = KafkaProducer(**client(access, **who), **SOON_MS)
    try:
        for value in values:
            producer.send(topic, value).get(30)
    finally:
        producer.close(timeout=5)


def read(access: Access, topic: str, count: int) -> list[bytes]:
    consumer = KafkaConsumer(topic, **client(access), auto_offset_reset="earliest", consumer_timeout_ms=15000)
    values = [message.value for _, message in zip(range(count), consumer, strict=False)]
    consumer.close()
    return values


def test_the_shared_one_answers(kafka: str, prefix: str) -> None:
    make_topic(Access(kafka), f"{prefix}letters")
    write(Access(kafka), f"{prefix}letters", b"one", b"two")
    assert read(Access(kafka), f"{prefix}letters", 2) == [b"one", b"two"]


def test_one_that_freezes_or_dies_keeps_what_it_acknowledged(own_kafka: Callable[..., KafkaServer]) -> None:
    server = own_kafka()
    make_topic(server.access, "letters")
    write(server.access, "letters", b"one")
    server.pause()
    with pytest.raises(KafkaError):
        KafkaAdminClient(**client(server.access), **SOON_MS)
    server.resume()
    write(server.access, "letters", b"two")
    server.stop()
    with KafkaServer(server.folder, port=server.port) as again:
        assert read(again.access, "letters", 2) == [b"one", b"two"]


def test_a_secured_one_refuses_a_wrong_password(secured_kafka: Access) -> None:
    with pytest.raises(KafkaError):
        KafkaProducer(**client(secured_kafka, "admin", "wrong"), **SOON_MS)


def test_a_secured_one_is_not_trusted_by_who_trusts_another(secured_kafka: Access) -> None:
    with pytest.raises(KafkaError):
        KafkaProducer(**client(secured_kafka) | {"ssl_cafile": secured_kafka.wrong_ca}, **SOON_MS)


def test_a_user_may_do_what_was_allowed_and_no_more(secured_kafka: Access, prefix: str) -> None:
    user = {"user": f"{prefix}ann", "password": uuid.uuid4().hex}
    topic = f"{prefix}letters"
    make_topic(secured_kafka, topic)
    add_user(secured_kafka, user["user"], user["password"])
    with pytest.raises(TopicAuthorizationFailedError):
        write(secured_kafka, topic, b"one", **user)
    allow(secured_kafka, user["user"], "WRITE", "TOPIC", prefix)
    write(secured_kafka, topic, b"two", **user)
    assert read(secured_kafka, topic, 1) == [b"two"]


def test_one_with_an_expired_certificate_starts_and_is_not_trusted(own_kafka: Callable[..., KafkaServer]) -> None:
    server = own_kafka(security=Security("expired"))
    with pytest.raises(KafkaError):
        KafkaProducer(**client(server.access), **SOON_MS)


def test_of_three_brokers_one_may_die(tmp_path: Path) -> None:
    with skipping(), KafkaCluster(tmp_path) as cluster:
        access = Access(cluster.bootstrap)
        make_topic(access, "letters", copies=3)
        write(access, "letters", b"one")
        cluster.servers[0].stop()
        write(access, "letters", b"two")
        cluster.servers[0].start()
        assert read(access, "letters", 2) == [b"one", b"two"]
