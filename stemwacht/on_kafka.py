"""The log on Kafka, as the settings say; needs the extra [kafka]."""

from ingest import ALERTS, DEAD_LETTERS, MESSAGES
from ingest.log import Log
from ingest.log.kafka import KafkaLog, KafkaOptions, Topics, TopicState, create_topics, describe, standard_topics
from stemwacht.config import Kafka

_TOPICS = (MESSAGES, DEAD_LETTERS, ALERTS)


def kafka_log(told: Kafka) -> Log:
    """The log on these brokers."""
    return KafkaLog(_options(told))


def make_topics(told: Kafka) -> Topics:
    """Make the topics that are missing; what was made, changed and left."""
    return create_topics(
        _options(told),
        standard_topics(partitions=told.partitions, replicas=told.replicas, retention_days=told.retention_days),
    )


def topic_states(told: Kafka) -> list[TopicState]:
    """How the topics stand."""
    return describe(_options(told), _TOPICS)


def _options(told: Kafka) -> KafkaOptions:
    return KafkaOptions(
        bootstrap_servers=told.bootstrap_servers,
        prefix=told.prefix,
        protocol=told.protocol,
        mechanism=told.mechanism,
        username=told.username,
        password=told.password.reveal() if told.password else None,
        ca_file=told.ca_file,
        timeout_seconds=told.timeout_seconds,
        session_seconds=told.session_seconds,
        instance=told.instance,
    )
