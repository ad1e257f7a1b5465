"""What is wrong with a connection is named within seconds, with the fix, whatever it is."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from ingest.log import Record
from ingest.log.kafka import KafkaLog, KafkaOptions, LogError, check, create_topics, standard_topics
from tests.engines.certificates import Kind
from tests.engines.kafka import KafkaServer
from tests.engines.kafka_users import add_user, allow
from tests.engines.security import Access, Security
from tests.log.kafka.brokers import options, plans

SECONDS = 6
WORD = "pass-word"
changed = msgspec.structs.replace


def complaint(wrong: KafkaOptions, **use: object) -> str:
    """What is said of these options, in time and in one line."""
    began = time.monotonic()
    with pytest.raises(LogError) as told:
        check(wrong, **use)  # type: ignore[arg-type]
    assert time.monotonic() - began < SECONDS
    assert "\n" not in str(told.value)
    return str(told.value)


def signed_in(access: Access, prefix: str = "", **more: object) -> KafkaOptions:
    ca_file = Path(str(access.ca))
    chosen = {"username": access.user, "password": access.password, "ca_file": ca_file, **more}
    return options(access.address, prefix, protocol="SASL_SSL", **chosen)


@pytest.fixture
def silent() -> Iterator[str]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def web_server() -> Iterator[str]:
    """A port where another protocol is spoken."""

    def answer() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.recv(1_000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def test_what_is_no_configuration_is_told_before_anything_is_connected(tmp_path: Path) -> None:
    fine = options("127.0.0.1:1")
    assert "write host:port" in complaint(changed(fine, bootstrap_servers=("http://broker:9092",)))
    assert "write host:port" in complaint(changed(fine, bootstrap_servers=("broker",)))
    assert "set bootstrap_servers" in complaint(changed(fine, bootstrap_servers=()))
    assert "STEMWACHT_KAFKA__PASSWORD" in complaint(changed(fine, protocol="SASL_SSL", username="a"))
    assert "correct ca_file" in complaint(changed(fine, protocol="SSL", ca_file=tmp_path / "none.pem"))


def test_an_address_where_no_broker_is(silent: str, web_server: str, tmp_path: Path) -> None:
    nowhere = options("nowhere.invalid:9092")
    assert "no such host: correct bootstrap_servers" in complaint(nowhere)
    assert "nothing listens there: start the broker" in complaint(options("127.0.0.1:1"))
    both = complaint(options("127.0.0.1:1,nowhere.invalid:9092"))
    assert "nothing listens there" in both
    assert "no such host" in both
    for protocol in ("PLAINTEXT", "SSL"):
        assert "says nothing for 3 s" in complaint(options(silent, protocol=protocol))
        assert "is no broker of Kafka" in complaint(options(web_server, protocol=protocol))
    (tmp_path / "ca.pem").write_text("no certificate")
    assert "holds no certificate" in complaint(options(silent, protocol="SSL", ca_file=tmp_path / "ca.pem"))


@pytest.mark.engines
def test_one_good_address_is_enough(kafka: str) -> None:
    check(options(f"127.0.0.1:1,{kafka}"))


@pytest.mark.engines
def test_security_on_our_side_alone(kafka: str) -> None:
    user = {"username": "u", "password": "p"}
    assert "speaks plain text, not TLS" in complaint(options(kafka, protocol="SSL"))
    assert "set protocol to SASL_PLAINTEXT" in complaint(options(kafka, protocol="SASL_SSL", **user))
    assert "takes no password" in complaint(options(kafka, protocol="SASL_PLAINTEXT", **user))


@pytest.mark.engines
@pytest.mark.slow
def test_brokers_that_say_they_are_where_they_are_not(own_kafka: Callable[..., KafkaServer]) -> None:
    server = own_kafka(properties={"advertised.listeners": "PLAINTEXT://127.0.0.1:1"})
    assert "correct advertised.listeners" in complaint(options(server.bootstrap))


@pytest.mark.engines
def test_what_is_wrong_with_tls_or_the_password(secured_kafka: Access) -> None:
    good = signed_in(secured_kafka)
    check(good)
    assert "speaks TLS: set protocol under [kafka] to SSL" in complaint(changed(good, protocol="PLAINTEXT"))
    assert "speaks TLS: set protocol under [kafka] to SASL_SSL" in complaint(changed(good, protocol="SASL_PLAINTEXT"))
    assert "wants a password: set protocol to SASL_SSL" in complaint(changed(good, protocol="SSL"))
    assert "did not sign the broker's certificate" in complaint(
        changed(good, ca_file=Path(str(secured_kafka.wrong_ca)))
    )
    assert "no authority that this system trusts" in complaint(changed(good, ca_file=None))
    assert "wrong password for the user admin" in complaint(changed(good, password=WORD))
    assert "or no such user" in complaint(changed(good, username="nobody"))
    told = complaint(changed(good, mechanism="SCRAM-SHA-256"))
    assert told.endswith("does not offer SCRAM-SHA-256: set mechanism under [kafka] to one of SCRAM-SHA-512")


@pytest.mark.engines
@pytest.mark.slow
@pytest.mark.parametrize(
    ("certificate", "words"),
    [("expired", "the certificate has expired"), ("other host", "the certificate is for another host than 127.0.0.1")],
)
def test_a_certificate_that_does_not_fit(own_kafka: Callable[..., KafkaServer], certificate: Kind, words: str) -> None:
    server = own_kafka(security=Security(certificate))
    assert words in complaint(signed_in(server.access))


@pytest.mark.engines
def test_each_right_that_is_missing(secured_kafka: Access, prefix: str) -> None:
    create_topics(signed_in(secured_kafka, prefix), plans("t"))
    add_user(secured_kafka, prefix, WORD)
    mine = signed_in(secured_kafka, prefix, username=prefix, password=WORD, timeout_seconds=10)
    log = KafkaLog(mine)
    until_told(lambda: log.append("t", [Record("a", b"1")]), f"may not WRITE the topic {prefix}t: allow it (kafka-acls")
    allow(secured_kafka, prefix, "WRITE", "TOPIC", prefix)
    until_told(lambda: log.append("t", [Record("a", b"1")]), None)
    until_told(lambda: log.read("t", "g", 1), f"may not READ the topic {prefix}t: allow it (kafka-acls")
    allow(secured_kafka, prefix, "READ", "TOPIC", prefix)
    until_told(lambda: log.read("t", "g", 1), f"may not READ the group {prefix}g.t: allow it (kafka-acls")
    allow(secured_kafka, prefix, "READ", "GROUP", prefix)
    until_told(lambda: log.read("t", "g", 1), None)
    log.commit("t", "g", log.read("t", "g", 1))
    assert log.lag("t", "g") == 0
    log.close()
    check(mine, read=["t"], write=["t"], group="g")
    with pytest.raises(LogError, match="may not CREATE the topic"):
        create_topics(changed(mine, prefix=f"{prefix}x"), standard_topics(partitions=1, replicas=1, retention_days=1))


def until_told(work: Callable[[], object], words: str | None) -> None:
    """A right that was given reaches every part of a broker a moment later."""
    deadline = time.monotonic() + 20
    told: str | None = ""
    while told is not None if words is None else words not in (told or ""):
        assert time.monotonic() < deadline, told
        time.sleep(0.2)
        try:
            work()
            told = None
        except LogError as error:
            told = str(error)
