"""The measurement of the log on Kafka runs, and says so where there is no broker."""

from pathlib import Path

import pytest

from bench import log_kafka
from bench.kafka_rates import seconds_taken
from bench.section import Options, markdown


def test_without_a_broker_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(log_kafka.SERVERS, raising=False)
    (section,) = log_kafka.measure(tmp_path, Options(work=tmp_path))
    assert "STEMWACHT_TEST_KAFKA names no broker" in markdown(section)


@pytest.mark.engines
def test_all_messages_are_appended_and_read_by_both(kafka: str) -> None:
    taken = seconds_taken((kafka,), 200)
    assert set(taken) == {"append", "bare append", "read", "bare read"}
    assert all(seconds > 0 for seconds in taken.values())
