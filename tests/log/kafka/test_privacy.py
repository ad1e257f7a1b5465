"""No password, no key and no text in any line of a log, however much is logged."""

import logging

import pytest
from rich.console import Console

from ingest.log import Record
from ingest.log.kafka import KafkaLog, create_topics
from tests.engines.security import Access
from tests.log.kafka.brokers import options, plans
from tests.log.kafka.test_check import WORD, signed_in


def test_a_password_is_never_shown() -> None:
    made = options("a:1", protocol="SASL_SSL", username="u", password=WORD)
    with Console(record=True, quiet=True) as console:
        console.print(made)
    assert WORD not in repr(made) + console.export_text()


@pytest.mark.engines
def test_nothing_of_a_record_and_no_password_is_logged(
    secured_kafka: Access, prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = signed_in(secured_kafka, prefix)
    create_topics(made, plans("t"))
    log = KafkaLog(made)
    log.append("t", [Record("the-author", b"what was written", "message/1")])
    log.commit("t", "g", log.read("t", "g", 1))
    log.at("t", 0, 0)
    log.close()
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert any(record.name.startswith("kafka") for record in caplog.records)
    for secret in ("the-author", "what was written", str(secured_kafka.password)):
        assert secret not in told
