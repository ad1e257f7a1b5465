"""Topics are made as planned; those that are there are left as they are but for their retention, and told of."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from ingest import ALERTS, DEAD_LETTERS, MESSAGES
from ingest.log import Record
from ingest.log.kafka import KafkaLog, KafkaOptions, LogError, create_topics, describe, standard_topics
from tests.log.kafka.brokers import options, plans

pytestmark = pytest.mark.engines
DAY_MS = 86_400_000


@pytest.fixture
def made(kafka: str, prefix: str) -> KafkaOptions:
    return options(kafka, prefix)


def settings_of(made: KafkaOptions, topic: str) -> dict[str, str]:
    admin = KafkaAdminClient(bootstrap_servers=list(made.bootstrap_servers))
    resource = ConfigResource(ConfigResourceType.TOPIC, made.prefix + topic)
    found = admin.describe_configs([resource], config_filter="all")["topic"][resource.name]
    admin.close()
    return {key: value["value"] for key, value in found.items()}


def test_messages_go_by_age_dead_letters_later_and_of_alerts_the_newest_stays(made: KafkaOptions) -> None:
    done = create_topics(made, standard_topics(partitions=3, replicas=1, retention_days=7))
    assert len(done.made) == 3
    assert (done.changed, done.left) == ((), ())
    messages, dead, alerts = (settings_of(made, topic) for topic in (MESSAGES, DEAD_LETTERS, ALERTS))
    assert (messages["cleanup.policy"], messages["retention.ms"]) == ("delete", str(7 * DAY_MS))
    assert (dead["cleanup.policy"], dead["retention.ms"]) == ("delete", str(70 * DAY_MS))
    assert alerts["cleanup.policy"] == "compact"
    assert {one["min.insync.replicas"] for one in (messages, dead, alerts)} == {"1"}
    assert [state.partitions for state in describe(made, [MESSAGES, DEAD_LETTERS, ALERTS])] == [3, 3, 3]


def test_a_second_time_nothing_changes(made: KafkaOptions) -> None:
    wanted = standard_topics(partitions=2, replicas=1, retention_days=7)
    create_topics(made, wanted)
    again = create_topics(made, wanted)
    assert (again.made, again.changed, again.left) == ((), (), ())


def test_another_retention_is_set_and_other_partitions_are_left_and_told(made: KafkaOptions) -> None:
    create_topics(made, standard_topics(partitions=2, replicas=1, retention_days=7))
    done = create_topics(made, standard_topics(partitions=6, replicas=2, retention_days=3))
    assert done.made == ()
    assert done.changed == (
        f"{made.prefix}messages: records are kept for 3 days; it was 7 days",
        f"{made.prefix}dead-letters: records are kept for 30 days; it was 70 days",
    )
    assert settings_of(made, MESSAGES)["retention.ms"] == str(3 * DAY_MS)
    assert sum("2 partitions, 6 are configured: left" in line for line in done.left) == 3
    assert sum("1 replicas, 2 are configured: left" in line for line in done.left) == 3
    assert describe(made, [MESSAGES])[0].partitions == 2


def test_more_replicas_than_brokers_is_an_error_that_says_so(made: KafkaOptions) -> None:
    with pytest.raises(LogError, match="2 replicas need as many brokers: start more, or lower replicas"):
        create_topics(made, standard_topics(partitions=1, replicas=2, retention_days=1))


def test_the_state_of_a_topic_tells_records_and_how_far_each_group_is(made: KafkaOptions) -> None:
    create_topics(made, plans("t", "other", partitions=2))
    log = KafkaLog(made)
    log.append("t", [Record(str(number), b"") for number in range(10)])
    log.commit("t", "watch", log.read("t", "watch", 4))
    log.commit("t", "later", log.read("t", "later", 10))
    log.read("t", "never", 1)
    log.close()
    state, other = describe(made, ["t", "other"])
    assert (state.topic, state.partitions, state.records) == ("t", 2, 10)
    assert {"watch": 6, "later": 0}.items() <= state.lags.items()
    assert (other.records, other.lags) == (0, {})


def test_a_topic_that_is_not_there_is_an_error_that_says_what_to_run(made: KafkaOptions) -> None:
    log = KafkaLog(made)
    missing = f"no topic {made.prefix}t on Kafka: run `stemwacht setup`"
    with pytest.raises(LogError, match=missing):
        log.append("t", [Record("a", b"")])
    with pytest.raises(LogError, match=missing):
        log.read("t", "g", 1)
    with pytest.raises(LogError, match=missing):
        log.lag("t", "g")
    with pytest.raises(LogError, match=missing):
        log.at("t", 0, 0)
    with pytest.raises(LogError, match=missing):
        describe(made, ["t"])
    log.close()


def test_a_topic_that_a_broker_hears_of_only_now_is_not_missing(made: KafkaOptions) -> None:
    """As after a broker has started: for a moment it knows no topics."""
    with ThreadPoolExecutor(1) as beside, closing(KafkaLog(made)) as log:
        reading = beside.submit(log.read, "t", "g", 1)
        time.sleep(1)
        create_topics(made, plans("t"))
        assert reading.result() == []


def test_nothing_is_trimmed_because_records_go_by_age(made: KafkaOptions) -> None:
    create_topics(made, plans("t"))
    log = KafkaLog(made)
    log.append("t", [Record("a", b"")])
    log.commit("t", "g", log.read("t", "g", 1))
    assert log.trim("t") == 0
    assert log.at("t", 0, 0) is not None
    log.close()
