"""The monitor with the variables of docker-compose.yml, on servers that stand as the file has them."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.deploy.broker import Broker
from tests.deploy.composition import Composition
from tests.deploy.node import Node

pytestmark = pytest.mark.engines
STEMWACHT = "from stemwacht.cli import main; main()"
ANALYSE = "from stemwacht import tasks; print(tasks.analyse())"
TEXT = "Wij vragen de raad om tegen het plan voor de nieuwe weg te stemmen, voor de bomen en het water in het park."


class Containers:
    """What the containers would do, in folders of this machine instead of volumes."""

    def __init__(self, composition: Composition, broker: Broker, node: Node, project: Path, folder: Path) -> None:
        self.folder = folder
        self._composition = composition
        self._here = {
            "STEMWACHT_KAFKA__BOOTSTRAP_SERVERS": broker.client()["bootstrap_servers"],
            "STEMWACHT_ELASTICSEARCH__HOSTS": node.url,
            "STEMWACHT_KIBANA__URL": "",
        }
        self._places = {"/etc/stemwacht/": f"{project / 'config'}/"}
        self._places |= {f"/{name}/": f"{folder / name}/" for name in ("data", "key")} | {"/out": str(folder / "out")}

    def run(self, service: str, code: str, *words: str) -> "subprocess.CompletedProcess[str]":
        told = self._composition.environment(service)
        for there, here in self._places.items():
            told = {
                name: here + value.removeprefix(there) if value.startswith(there) else value
                for name, value in told.items()
            }
        command = [sys.executable, "-c", code, *words]
        environment = {"PATH": os.environ["PATH"], **told, **self._here}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def containers(
    composition: Composition, broker: Broker, node: Node, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Containers:
    found = Containers(composition, broker, node, project, tmp_path_factory.mktemp("volumes"))
    done = found.run("setup", STEMWACHT, "setup")
    assert not done.returncode, done.stdout + done.stderr
    return found


def letters(path: Path, count: int) -> Path:
    begin = datetime(2026, 11, 20, 8, tzinfo=UTC)
    posts = (
        {
            "id": f"{n}",
            "text": f"{TEXT} {n}",
            "author": f"u{n}",
            "published": (begin + timedelta(minutes=n)).isoformat(),
        }
        for n in range(count)
    )
    path.write_text("".join(json.dumps(post) + "\n" for post in posts), encoding="utf-8")
    return path


def test_what_is_read_by_one_container_is_analysed_in_another(containers: Containers, tmp_path: Path) -> None:
    read = containers.run("stemwacht", STEMWACHT, "ingest", str(letters(tmp_path / "letters.jsonl", 20)), "--yes")
    assert not read.returncode, read.stderr
    waiting = containers.run("worker", STEMWACHT, "status", "--json", "--most-waiting", "10")
    assert (waiting.returncode, json.loads(waiting.stdout)["waiting"]) == (11, 20)
    analysed = containers.run("airflow-scheduler", ANALYSE)
    assert not analysed.returncode, analysed.stderr
    done = containers.run("worker", STEMWACHT, "status", "--json", "--most-waiting", "10")
    state = json.loads(done.stdout)
    assert (done.returncode, state["waiting"], state["messages"]) == (0, 0, 20)


def test_the_key_lies_where_its_volume_is(containers: Containers) -> None:
    assert [path.name for path in (containers.folder / "key").iterdir()] == ["pseudonym.key"]
    assert not list((containers.folder / "data").rglob("*.key"))


def test_the_servers_are_set_up_again_without_a_change(containers: Containers) -> None:
    done = containers.run("setup", STEMWACHT, "setup")
    assert not done.returncode, done.stderr
    assert "made:" not in done.stdout
