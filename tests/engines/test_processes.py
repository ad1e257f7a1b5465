"""No server outlives the run that it was started for, and what keeps one from starting is said."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.engines import downloads, keeper
from tests.engines.fixtures import skipping
from tests.engines.jdk import jdk
from tests.engines.missing import EngineMissingError
from tests.engines.process import EngineFailedError, launch, listens

IN_A_THREAD = """
import sys, threading, time
from pathlib import Path
from tests.engines.kafka import KafkaServer
server = KafkaServer(Path(sys.argv[1]))
thread = threading.Thread(target=server.start)
thread.start()
thread.join()
print(server.port, flush=True)
time.sleep(600)
"""


def ends(port: int) -> bool:
    deadline = time.monotonic() + 20
    while listens(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not listens(port)


@pytest.mark.engines
def test_a_server_dies_with_its_process_and_not_with_the_thread_that_started_it(kafka: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", IN_A_THREAD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=downloads.ROOT) as owner:
        assert owner.stdout is not None
        port = int(owner.stdout.readline())
        assert listens(port)
        owner.kill()
    assert ends(port)


@pytest.mark.engines
def test_a_shared_server_is_started_once_and_dies_with_the_run(kafka: str, tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "600"]) as run, ThreadPoolExecutor(3) as workers:
        asked = [workers.submit(keeper.shared, "kafka", tmp_path, run.pid) for _ in range(3)]
        (address,) = {answer.result().address for answer in asked}
        port = int(address.split(":")[1])
        assert listens(port)
        run.send_signal(signal.SIGKILL)
    assert ends(port)


def test_a_server_that_ends_while_it_starts_says_why(tmp_path: Path) -> None:
    running = launch(["sh", "-c", "echo ERROR no room on the disk; exit 3"], tmp_path / "log")
    with pytest.raises(EngineFailedError, match=r"(?s)ended with 3.*no room on the disk"):
        running.wait_until(lambda: False, "Kafka")


def test_a_java_that_is_too_old_is_named_with_what_to_install() -> None:
    with pytest.raises(EngineMissingError, match=r"Elasticsearch needs a JDK of version 99.*openjdk-99-jdk-headless"):
        jdk(99, "Elasticsearch")


def test_what_is_fetched_is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEMWACHT_ENGINES", str(tmp_path))
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        time.sleep(0.2)
        (folder / "jar").touch()

    with ThreadPoolExecutor(4) as workers:
        folders = list(workers.map(lambda _: downloads.once("kafka", make), range(4)))
    assert len(made) == 1
    assert {folder for folder in folders if (folder / "jar").exists()} == {tmp_path / "kafka"}


def test_a_fetch_that_fails_leaves_nothing_to_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEMWACHT_ENGINES", str(tmp_path))
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(EngineMissingError, match="install Maven"):
        downloads.kafka_jars()
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_without_an_engine_a_test_is_skipped_but_in_ci_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("STEMWACHT_ENGINES_REQUIRED", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Java"), skipping():
        raise EngineMissingError("no Java")
    monkeypatch.setenv("STEMWACHT_ENGINES_REQUIRED", "1")
    with pytest.raises(EngineMissingError), skipping():
        raise EngineMissingError("no Java")
