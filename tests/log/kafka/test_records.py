"""Whatever a record holds comes back as it was; what others wrote is read as well."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kafka import KafkaAdminClient, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.codec import has_snappy

from ingest.log import LogRecord, Record
from ingest.log.kafka import KafkaLog, KafkaOptions, LogError, create_topics
from tests.log.kafka.brokers import options, plans

pytestmark = pytest.mark.engines
ANY_TEXT = st.text(st.characters(codec=None), max_size=20)


@pytest.fixture
def made(kafka: str, prefix: str) -> KafkaOptions:
    wanted = options(kafka, prefix)
    create_topics(wanted, plans("t", partitions=3))
    return wanted


@pytest.fixture
def log(made: KafkaOptions) -> Iterator[KafkaLog]:
    opened = KafkaLog(made)
    yield opened
    opened.close()


def all_of(log: KafkaLog, count: int) -> list[LogRecord]:
    found: list[LogRecord] = []
    while batch := log.read("t", "g", max(count, 1)):
        log.commit("t", "g", batch)
        found += batch
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(Record, ANY_TEXT, st.binary(max_size=50), ANY_TEXT), max_size=20))
def test_any_record_comes_back_as_it_was_and_each_key_in_order(log: KafkaLog, written: list[Record]) -> None:
    assert log.append("t", written) == len(written)
    found = all_of(log, len(written))
    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in written:
        by_key[record.key].append(record)
    again: dict[str, list[Record]] = defaultdict(list)
    for read in found:
        again[read.key].append(Record(read.key, read.value, read.schema))
    assert again == by_key
    assert len({(read.partition, read.key) for read in found}) == len(by_key)


def test_what_others_wrote_is_read_whatever_it_is(made: KafkaOptions, log: KafkaLog) -> None:
    producer = KafkaProducer(bootstrap_servers=list(made.bootstrap_servers))
    topic = f"{made.prefix}t"
    producer.send(topic, key=b"\xff\xfe", value=b"\x00\xff", headers=[("schema", b"\xff"), ("other", b"1")])
    producer.send(topic, key=None, value=b"no key")
    producer.send(topic, key=b"gone", value=None)
    producer.send(topic, key=b"k", value=b"named twice", headers=[("schema", b"a/1"), ("schema", b"a/2")])
    producer.close()
    found = {record.value: record for record in all_of(log, 9)}
    assert set(found) == {b"\x00\xff", b"no key", b"", b"named twice"}
    assert found[b"no key"].key == ""
    assert found[b""].key == "gone"
    assert found[b"named twice"].schema == "a/2"
    record = found[b"\x00\xff"]
    assert log.at("t", record.partition, record.offset) == record


def test_a_text_of_100_000_characters_passes_and_a_book_too(log: KafkaLog) -> None:
    texts = ["𝄞" * 100_000, "".join(map(chr, range(0x4E00, 0x9000))) * 100]
    log.append("t", [Record("a", text.encode()) for text in texts])
    assert [record.value.decode() for record in all_of(log, 9)] == texts


def test_a_record_that_is_too_large_is_named_before_anything_is_written(log: KafkaLog) -> None:
    with pytest.raises(LogError, match=r"a record of 9,000,101 bytes is too large for Kafka.*max\.message\.bytes"):
        log.append("t", [Record("a", b"small"), Record("b", bytes(9_000_000))])
    assert all_of(log, 9) == []


def test_a_topic_that_takes_less_says_which_setting_to_raise(made: KafkaOptions, log: KafkaLog) -> None:
    admin = KafkaAdminClient(bootstrap_servers=list(made.bootstrap_servers))
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, f"{made.prefix}t", {"max.message.bytes": "2000"})])
    admin.close()
    noise = "".join(map(chr, range(0x4E00, 0x9000))).encode()
    with pytest.raises(LogError, match=r"takes no record this large: set max\.message\.bytes of the topic to"):
        log.append("t", [Record("a", noise)])
    assert log.append("t", [Record("a", b"small")]) == 1


@pytest.mark.skipif(has_snappy(), reason="a codec that is installed is no hindrance")
def test_records_in_a_compression_that_is_not_installed_are_named(made: KafkaOptions, log: KafkaLog) -> None:
    admin = KafkaAdminClient(bootstrap_servers=list(made.bootstrap_servers))
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, f"{made.prefix}t", {"compression.type": "snappy"})])
    admin.close()
    log.append("t", [Record("a", b"1" * 1_000)])
    with pytest.raises(LogError, match="in a compression that cannot be undone here"):
        log.read("t", "g", 1)
