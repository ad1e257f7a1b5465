"""Monitors to test; where Airflow is not installed, its tests are left out unless somebody said that they must run."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.dags.monitor import HAS_AIRFLOW, Asked, Monitor, Played, airflow_environment
from tests.stemwacht.house import letters, letters_file
from tests.stemwacht.test_weekly_report import busiest_week

SOURCES = """\
[sources.letters]
kind = "folder"
path = "inbox"
settle_seconds = 0
[sources.bad]
kind = "folder"
path = "inbox"
every_minutes = "often"
"""
WRONG = '[watch]\nbatch = "many"\n'


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of Airflow with an empty database, to copy."""
    if not HAS_AIRFLOW:
        if "CI" in os.environ or "STEMWACHT_ENGINES_REQUIRED" in os.environ:
            raise AssertionError("Airflow is not installed; `make test` installs it (requirements/test.lock)")
        pytest.skip("Airflow is not installed; `make test` installs it")
    home = tmp_path_factory.mktemp("airflow")
    subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        env={**os.environ, **airflow_environment(home)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return home


@pytest.fixture(scope="session")
def played(airflow_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """86 letters, two campaigns among them, through every DAG but retention; leave it as it is."""
    made = Monitor.new(tmp_path_factory.mktemp("played") / "house", airflow_home)
    written = letters(3, 60, ("mail_merge", 14), ("light_edit", 12))
    (made.house.folder / "inbox").mkdir()
    letters_file(made.house.folder / "inbox" / "letters.csv", written)
    letters_file(made.house.folder / "letters.csv", written)
    made.config.write_text(SOURCES, encoding="utf-8")
    week = busiest_week(made.house)
    monday = datetime.strptime(f"{week}-1 +0100", "%G-W%V-%u %z")
    asked = {
        "pull": Asked("pull_letters"),
        "analyse": Asked("analyse"),
        "again": Asked("analyse"),
        "report": Asked("weekly_report", logical_date=(monday + timedelta(days=7, hours=8)).isoformat()),
        "by hand": Asked("weekly_report", conf={"week": "2020-W53"}),
        "no week": Asked("weekly_report", conf={"week": "2020-W60"}),
        "bad source": Asked("pull_bad"),
        "retention": Asked("retention"),
        **{f"wrong {dag}": Asked(dag, config=WRONG) for dag in ("analyse", "weekly_report", "retention")},
    }
    return Played(made, dict(zip(asked, made.run(*asked.values()), strict=True)), week)
