"""The DAGs over a real Kafka and a real Elasticsearch end as they do on the embedded engines."""

from pathlib import Path

import pytest

from stemwacht import tasks, wiring
from stemwacht.config import load
from tests.dags.monitor import Asked, Monitor, Played
from tests.stemwacht.house import House, kept, kept_in, letters, letters_file

pytestmark = pytest.mark.engines
SOURCES = '[sources.letters]\nkind = "folder"\npath = "inbox"\nsettle_seconds = 0\n'


def on_servers(kafka: str, elasticsearch: str, prefix: str) -> dict[str, str]:
    """The environment of a monitor on these servers."""
    return {
        "STEMWACHT_LOG__NAME": "kafka",
        "STEMWACHT_STORE__NAME": "elasticsearch",
        "STEMWACHT_KAFKA__BOOTSTRAP_SERVERS": kafka,
        "STEMWACHT_KAFKA__PREFIX": prefix,
        "STEMWACHT_KAFKA__PARTITIONS": "2",
        "STEMWACHT_ELASTICSEARCH__HOSTS": elasticsearch,
        "STEMWACHT_ELASTICSEARCH__PREFIX": prefix.rstrip("-"),
    }


@pytest.mark.airflow
def test_all_dags_over_real_servers(
    played: Played, airflow_home: Path, tmp_path: Path, kafka: str, elasticsearch: str, prefix: str
) -> None:
    servers = on_servers(kafka, elasticsearch, prefix)
    made = Monitor.new(tmp_path / "house", airflow_home, **servers)
    made.house.environment["STEMWACHT_PATHS__KEY_FILE"] = played.monitor.house.environment["STEMWACHT_PATHS__KEY_FILE"]
    made.config.write_text(SOURCES, encoding="utf-8")
    made.house.well("setup")
    (made.house.folder / "inbox").mkdir()
    letters_file(made.house.folder / "inbox" / "letters.csv", letters(3, 60, ("mail_merge", 14), ("light_edit", 12)))
    runs = made.run(
        Asked("pull_letters"),
        Asked("analyse"),
        Asked("analyse"),
        Asked("weekly_report", conf={"week": played.week}),
        Asked("retention"),
    )
    assert [run.state for run in runs] == ["success"] * 5, made.said[-5_000:]
    pulled, analysed, again, reported, _ = runs
    assert pulled.told["pull"]["kept"] == 86
    assert analysed.told["analyse"] == {"records": 86, "alerts": 0}
    assert again.told["analyse"] == {"records": 0, "alerts": 2}
    assert reported.told["report"] == played.runs["report"].told["report"]
    store = wiring.open_store(load(made.config, made.house.environment))
    try:
        found, expected = kept(store), kept_in(played.monitor.house)
    finally:
        store.close()
    assert found.families == expected.families
    assert found.current == expected.current
    assert not (made.house.folder / "data" / "store.sqlite").exists()
    assert not (made.house.folder / "data" / "log.sqlite").exists()


def test_analyse_waits_for_what_another_worker_is_at(
    tmp_path: Path, kafka: str, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(
        tmp_path,
        STEMWACHT_LOG__NAME="kafka",
        STEMWACHT_KAFKA__BOOTSTRAP_SERVERS=kafka,
        STEMWACHT_KAFKA__PREFIX=prefix,
        STEMWACHT_KAFKA__PARTITIONS="2",
        STEMWACHT_WATCH__BATCH="5",
        STEMWACHT_WATCH__INTERVAL_SECONDS="0.05",
    )
    (tmp_path / "stemwacht.toml").touch()
    house.well("setup")
    house.well("ingest", letters_file(tmp_path / "letters.csv", letters(3, 60, ("mail_merge", 14), ("light_edit", 12))))
    worker = house.start("watch", "--batches-only")
    try:
        for name, value in {**house.environment, "STEMWACHT_CONFIG": str(tmp_path / "stemwacht.toml")}.items():
            monkeypatch.setenv(name, value)
        tasks.analyse()
        assert kept_in(house).messages == 86
        assert '"waiting": 0' in house.well("status", "--json").out
    finally:
        worker.kill()
        worker.communicate()
