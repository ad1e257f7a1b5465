"""Under a real scheduler: a message on Kafka starts `analyse`, and past weeks are reported by a backfill."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kafka import KafkaAdminClient

from tests.dags.monitor import Monitor
from tests.dags.standing_airflow import standing
from tests.stemwacht.house import kept_in, letters, letters_file
from tests.stemwacht.test_weekly_report import busiest_week

pytestmark = [pytest.mark.airflow, pytest.mark.engines, pytest.mark.slow]


def watches(bootstrap: str, group: str) -> bool:
    """Whether a consumer of this group has its partitions."""
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        return "Stable" in str(admin.describe_groups([group]))
    finally:
        admin.close()


def test_a_message_starts_analyse_and_past_weeks_are_reported(
    airflow_home: Path, tmp_path: Path, kafka: str, prefix: str
) -> None:
    connection = {
        "conn_type": "kafka",
        "extra": {"bootstrap.servers": kafka, "group.id": f"{prefix}airflow", "enable.auto.commit": "false"},
    }
    made = Monitor.new(
        tmp_path / "house",
        airflow_home,
        STEMWACHT_LOG__NAME="kafka",
        STEMWACHT_KAFKA__BOOTSTRAP_SERVERS=kafka,
        STEMWACHT_KAFKA__PREFIX=prefix,
        AIRFLOW_CONN_KAFKA_DEFAULT=json.dumps(connection),
    )
    made.house.well("setup")
    path = letters_file(made.house.folder / "letters.csv", letters(3, 60, ("mail_merge", 14), ("light_edit", 12)))
    week = busiest_week(made.house)
    monday = datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a day
    with standing(made) as airflow:
        airflow.eventually(lambda: airflow.runs("analyse", "scheduled"))
        airflow.eventually(lambda: watches(kafka, f"{prefix}airflow"))
        made.house.well("ingest", path)
        heard = airflow.eventually(lambda: airflow.runs("analyse", "asset_triggered"))
        assert sum(airflow.returned("analyse", run, "analyse")["records"] for run in heard) == 86
        assert kept_in(made.house).messages == 86
        for event in airflow.events():
            assert event["extra"]["payload"].keys() == {"partition", "offset"}
        first, last = monday - timedelta(days=7), monday + timedelta(days=1)
        airflow.command(
            "backfill", "create", "--dag-id", "weekly_report", "--from-date", f"{first}", "--to-date", f"{last}"
        )
        backfilled = airflow.eventually(lambda: len(found := airflow.runs("weekly_report", "backfill")) == 2 and found)
        weeks = {airflow.returned("weekly_report", run, "report")["week"] for run in backfilled}
    assert weeks == {week, first.strftime("%G-W%V")}
    made.house.well("report", "--week", week, "--out", "expected")
    for file in (made.house.folder / "expected").iterdir():
        assert (made.house.folder / "out" / week / file.name).read_bytes() == file.read_bytes()
