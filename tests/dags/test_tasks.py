"""The steps that a scheduler runs, as plain functions."""

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from ingest import MESSAGES
from ingest.log import Record, SqliteLog
from ingest.sources import SourceError
from stemwacht import tasks
from stemwacht.schedule import CONFIG, ConfigurationError
from stemwacht.task_settings import task_settings
from stemwacht.watching import GROUP
from store import StoreError
from tests.engines.process import free_port
from tests.stemwacht.house import House, kept_in, letters, letters_file


@contextmanager
def scheduled(house: House, config: str = "", **environment: str) -> Iterator[None]:
    """As a scheduler starts a task: elsewhere, with the configuration named."""
    file = house.folder / "stemwacht.toml"
    file.write_text(config, encoding="utf-8")
    with patch.dict(os.environ, {**house.environment, CONFIG: str(file), **environment}):
        yield


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, STEMWACHT_WATCH__INTERVAL_SECONDS="0.05")


def test_relative_paths_start_at_the_configuration_file(house: House) -> None:
    before = Path.cwd()
    with scheduled(house):
        assert tasks.analyse() == {"records": 0, "alerts": 0}
    assert (house.folder / "data" / "store.sqlite").exists()
    assert Path.cwd() == before


def test_without_a_file_relative_paths_are_refused_by_name() -> None:
    environ = {"STEMWACHT_PATHS__STORE": "/var/lib/stemwacht/store.sqlite"}
    with (
        pytest.raises(ConfigurationError, match="STEMWACHT_CONFIG") as refused,
        task_settings(environ),
    ):
        pass
    assert "STEMWACHT_PATHS__LOG, STEMWACHT_PATHS__OUT" in str(refused.value)
    assert "STEMWACHT_PATHS__STORE" not in str(refused.value)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({CONFIG: "/nowhere/stemwacht.toml"}, "no configuration file /nowhere/stemwacht.toml"),
        ({"STEMWACHT_WATCH__BATCH": "0"}, "watch.batch"),
        ({"STEMWACHT_PATHS__RULES": "/nowhere/rules"}, "/nowhere/rules"),
        ({"STEMWACHT_PATHS__CAMPAIGNS": "/nowhere/campaigns.toml"}, "/nowhere/campaigns.toml"),
    ],
)
def test_what_is_configured_wrong_is_told_before_any_work(environ: Mapping[str, str], said: str, house: House) -> None:
    with scheduled(house, **environ), pytest.raises(ConfigurationError) as told:
        tasks.analyse()
    assert said in str(told.value)
    assert not (house.folder / "data").exists()


def test_a_broker_that_is_away_keeps_nobody_from_comparing_the_window(house: House) -> None:
    house.well("ingest", letters_file(house.folder / "a.csv", letters(3, 60, ("mail_merge", 14))))
    away = {"STEMWACHT_LOG__NAME": "kafka", "STEMWACHT_KAFKA__BOOTSTRAP_SERVERS": f"127.0.0.1:{free_port()}"}
    with scheduled(house):
        tasks.analyse()
    with scheduled(house, **away), pytest.raises(StoreError, match="nothing listens there"):
        tasks.reconcile_if_due()
    assert len(kept_in(house).current) == 1
    assert "letters from one template" in (house.folder / "out" / "feed.json").read_text(encoding="utf-8")
    with scheduled(house):
        assert tasks.analyse() == {"records": 0, "alerts": 1}


INBOX = '[sources.inbox]\nkind = "folder"\npath = "inbox"\nsettle_seconds = 0\n'


def test_a_source_is_pulled_analysed_and_forgotten(house: House) -> None:
    inbox = house.folder / "inbox"
    inbox.mkdir()
    letters_file(inbox / "letters.csv", letters(3, 60, ("mail_merge", 14)))
    with scheduled(house, INBOX):
        assert tasks.pull("inbox") == {"kept": 74, "rejected": 0, "taken_back": 0, "gaps": 0}
        assert tasks.pull("inbox")["kept"] == 0
        assert tasks.analyse()["records"] == 74
        assert tasks.retention()["records"] == 74
        assert kept_in(house).messages == 74
    with scheduled(house, "[privacy]\nretention_days = 1\n"):
        assert tasks.retention()["messages"] == 74
    assert kept_in(house).messages == 0


def test_analyse_stays_for_what_comes_next(house: House, tmp_path: Path) -> None:
    written = letters(3, 60, ("mail_merge", 14))
    house.well("ingest", letters_file(house.folder / "first.csv", written[:40]))
    (tmp_path / "other").mkdir()
    other = House(tmp_path / "other")
    other.well("ingest", letters_file(other.folder / "second.csv", written[40:]))
    with closing(SqliteLog(other.folder / "data" / "log.sqlite")) as log:
        more = [Record(one.key, one.value, one.schema) for one in log.read(MESSAGES, "test", 100)]

    def comes_later() -> None:
        with closing(SqliteLog(house.folder / "data" / "log.sqlite")) as log:
            while log.lag(MESSAGES, GROUP):
                time.sleep(0.02)
            log.append(MESSAGES, more)

    later = threading.Thread(target=comes_later)
    later.start()
    with scheduled(house, STEMWACHT_WATCH__INTERVAL_SECONDS="0.3"):
        assert tasks.analyse()["records"] == 74
    later.join()


def test_the_window_is_not_compared_before_the_first_message(house: House) -> None:
    with scheduled(house):
        assert tasks.reconcile_if_due() == {"reconciled": 0}
        house.well("ingest", letters_file(house.folder / "a.csv", letters(3, 60, ("mail_merge", 14))))
        tasks.analyse()
        found = tasks.reconcile_if_due()
        assert (found["reconciled"], found["messages"], found["alerts"]) == (1, 74, 1)
        assert tasks.reconcile_if_due() == {"reconciled": 0}
        assert tasks.look_at_accounts() == {"looked": 0}
    assert {path.name for path in (house.folder / "out").iterdir()} == {"feed.atom", "feed.json"}


def test_a_source_that_nobody_configured_is_a_wrong_configuration(house: House) -> None:
    with (
        scheduled(house, INBOX),
        pytest.raises(ConfigurationError, match="no source 'in_box'; there are: inbox"),
    ):
        tasks.pull("in_box")


def test_a_source_that_cannot_be_read_fails_the_task(house: House) -> None:
    with (
        scheduled(house, '[sources.news]\nkind = "feeds"\nurls = ["http://127.0.0.1:9/rss.xml"]\n'),
        pytest.raises(SourceError, match="no feed could be read"),
    ):
        tasks.pull("news")


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 15, 22, 59, tzinfo=UTC), "2026-W46"),
        (datetime(2026, 11, 15, 23, 0, tzinfo=UTC), "2026-W47"),
        (datetime(2026, 11, 16, 5, 0, tzinfo=UTC), "2026-W47"),
        (datetime(2027, 1, 3, 12, 0, tzinfo=UTC), "2026-W53"),
    ],
)
def test_the_week_of_a_report_is_that_of_its_moment_in_the_zone(house: House, moment: datetime, week: str) -> None:
    with scheduled(house):
        assert tasks.weekly_report(start=moment) == {"week": week, "messages": 0, "files": 8}
