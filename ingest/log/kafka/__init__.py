"""The log on Kafka. Importing this needs the extra [kafka]; without it the import is a `LogError` that says so."""

import logging
from importlib.util import find_spec

from ingest.log.kafka.errors import LogError, UnreachableError

if find_spec("kafka") is None:
    raise LogError("the log is on Kafka, but its client is not installed: pip install 'stemwacht[kafka]'")

from ingest.log.kafka.checking import check
from ingest.log.kafka.creating import Topics, create_topics
from ingest.log.kafka.describing import TopicState, describe
from ingest.log.kafka.log import KafkaLog
from ingest.log.kafka.options import KafkaOptions
from ingest.log.kafka.planning import TopicPlan, standard_topics

# What kafka-python says of its attempts goes where logging is configured to go, and nowhere else: errors of ours say
# what it means. What it says to those who debug it holds passwords and what people wrote, and is never said.
_told = logging.getLogger("kafka")
_told.addHandler(logging.NullHandler())
_told.setLevel(logging.INFO)

__all__ = [
    "KafkaLog",
    "KafkaOptions",
    "LogError",
    "TopicPlan",
    "TopicState",
    "Topics",
    "UnreachableError",
    "check",
    "create_topics",
    "describe",
    "standard_topics",
]
