"""A task that is killed in the middle of its work and run again ends as if it had never been cut."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from stemwacht import wiring
from tests.dags.monitor import Asked, Monitor
from tests.stemwacht.house import House, kept_in, letters, letters_file

LETTERS = letters(11, 120, ("mail_merge", 14), ("light_edit", 12))
BATCH = {"STEMWACHT_WATCH__BATCH": "10"}


def killed_at(process: "subprocess.Popen[bytes]", store: Path, messages: int) -> None:
    """Kill -9 once the store holds so many messages."""
    while not store.exists() or _held(store) < messages:
        assert process.poll() is None, "it ended before it was killed"
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def _held(path: Path) -> int:
    store = wiring.file_store(path)
    try:
        return store.count("messages")
    finally:
        store.close()


@pytest.mark.airflow
@pytest.mark.slow
def test_a_task_that_is_killed_and_run_again_changes_nothing(airflow_home: Path, tmp_path: Path) -> None:
    cut = Monitor.new(tmp_path / "cut", airflow_home, **BATCH)
    path = letters_file(cut.house.folder / "letters.csv", LETTERS)
    cut.house.well("ingest", path)
    (tmp_path / "uncut").mkdir()
    uncut = House(tmp_path / "uncut", **BATCH)
    shutil.copytree(cut.house.folder / "key", uncut.folder / "key")
    uncut.well("ingest", path)
    uncut.well("watch", "--once")
    process = cut.start(cut.home / "never.json", Asked("analyse"))
    killed_at(process, cut.house.folder / "data" / "store.sqlite", 40)
    assert process.returncode == -signal.SIGKILL
    assert not (cut.home / "never.json").exists()
    (run,) = cut.run(Asked("analyse"))
    assert run.state == "success"
    assert 0 < run.told["analyse"]["records"] < len(LETTERS)
    found, expected = kept_in(cut.house), kept_in(uncut)
    assert found.messages == expected.messages == len(LETTERS)
    assert found.families == expected.families
    assert len(expected.current) == 2
    assert found.current == expected.current
    for alert in found.alerts.values():
        assert [change.event for change in alert.history].count("raised") == 1
