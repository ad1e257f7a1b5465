"""Each DAG, run to its end on the embedded engines, does what the command line does."""

import json
import shutil
from pathlib import Path

import pytest

from tests.dags.monitor import Played
from tests.stemwacht.house import House, kept_in

pytestmark = pytest.mark.airflow


def test_analyse_ends_as_the_command_line_does(played: Played, tmp_path: Path) -> None:
    run, ours = played.runs["analyse"], played.monitor.house
    assert played.runs["pull"].told["pull"] == {"kept": 86, "rejected": 0, "taken_back": 0, "gaps": 0}
    assert run.state == "success", played.monitor.said
    assert run.told["analyse"] == {"records": 86, "alerts": 0}
    assert run.told["reconcile"] == {"reconciled": 1, "messages": 86, "families": 2, "alerts": 2}
    shutil.copytree(ours.folder / "key", tmp_path / "key")
    theirs = House(tmp_path)
    theirs.well("ingest", ours.folder / "letters.csv")
    theirs.well("watch", "--once")
    assert kept_in(ours).families == kept_in(theirs).families
    assert kept_in(ours).current == kept_in(theirs).current
    assert _told_in_feed(ours) == _told_in_feed(theirs)


def test_analyse_again_finds_nothing_to_do(played: Played) -> None:
    assert played.runs["again"].told == {
        "analyse": {"records": 0, "alerts": 2},
        "look_at_accounts": {"looked": 0},
        "reconcile": {"reconciled": 0},
    }


def test_the_weekly_report_is_that_of_the_week_of_its_run(played: Played, tmp_path: Path) -> None:
    told = played.runs["report"].told["report"]
    assert told["week"] == played.week
    assert told["messages"] > 0
    house = played.copy(tmp_path).house
    house.well("report", "--week", played.week, "--out", "expected")
    written, expected = (_files(house.folder / out) for out in (f"out/{played.week}", "expected"))
    assert written == expected
    assert told["files"] == len(expected)


def test_a_report_by_hand_is_that_of_the_week_asked_for(played: Played) -> None:
    assert played.runs["by hand"].told["report"] == {"week": "2020-W53", "messages": 0, "files": 8}
    assert played.runs["no week"].tasks == {"report": "failed"}
    assert "no week '2020-W60'; write year and ISO week like 2026-W47" in played.monitor.said


def test_retention_runs(played: Played) -> None:
    assert set(played.runs["retention"].told["forget"]) == {"messages", "wordings", "alerts", "records"}


@pytest.mark.parametrize("dag", ["analyse", "weekly_report", "retention"])
def test_a_wrong_configuration_fails_at_once_and_names_the_fix(played: Played, dag: str) -> None:
    run = played.runs[f"wrong {dag}"]
    assert run.state == "failed"
    assert "failed" in run.tasks.values()
    assert "up_for_retry" not in run.tasks.values()
    assert "stemwacht.toml: watch.batch: expected int, got str" in played.monitor.said
    assert f"{dag}/{next(iter(run.tasks))} failed (run " in played.monitor.said


def test_a_source_that_is_configured_wrong_fails_alone_and_names_the_fix(played: Played) -> None:
    assert played.runs["bad source"].tasks == {"pull": "failed"}
    assert "source 'bad': every_minutes is 'often'; write a number above 0" in played.monitor.said


def _told_in_feed(house: House) -> set[str]:
    feed = json.loads((house.folder / "out" / "feed.json").read_bytes())
    return {item["title"] for item in feed["items"]}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
