"""A monitor to test: a house of its own, and an Airflow that runs its DAGs in processes of their own."""

import importlib.util
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from tests.stemwacht.house import House

ROOT = Path(__file__).parents[2]
HAS_AIRFLOW = importlib.util.find_spec("airflow") is not None


class Asked(msgspec.Struct, frozen=True):
    """A run to make of a DAG; `config` is what then stands in stemwacht.toml as well."""

    dag: str
    logical_date: str | None = None
    conf: Mapping[str, object] | None = None
    config: str = ""


class Run(msgspec.Struct, frozen=True):
    """How a run of a DAG ended: its state, those of its tasks, and what they handed on."""

    state: str
    tasks: Mapping[str, str | None]
    told: Mapping[str, Mapping[str, Any]]


class Step(msgspec.Struct, frozen=True):
    """A task as a scheduler sees it."""

    owner: str
    retries: int
    backoff: float
    timeout: float
    pool: str
    notices: list[str]
    after: list[str]


class Dag(msgspec.Struct, frozen=True):
    """A DAG as a scheduler sees it."""

    schedule: str
    catchup: bool
    max_active_runs: int
    paused: bool
    tags: list[str]
    page: str
    tasks: Mapping[str, Step]


class Parsed(msgspec.Struct, frozen=True):
    """What a scheduler sees: import errors and seconds by file, DAGs by name, and what slow modules were loaded."""

    errors: Mapping[str, str]
    dags: Mapping[str, Dag]
    seconds: Mapping[str, float]
    slow: list[str]


class Monitor:
    """A house whose steps Airflow runs; `home` is that of Airflow, with its database."""

    def __init__(self, house: House, home: Path) -> None:
        self.house, self.home = house, home
        self.log = home / "output.txt"
        self.config = house.folder / "stemwacht.toml"
        self.config.touch()

    @classmethod
    def new(cls, folder: Path, home: Path, **environment: str) -> "Monitor":
        """An empty one in this folder, with a copy of that home of Airflow beside it."""
        folder.mkdir(exist_ok=True)
        own = folder.with_name(f"{folder.name}-airflow")
        shutil.copytree(home, own)
        return cls(House(folder, STEMWACHT_WATCH__INTERVAL_SECONDS="0.05", **environment), own)

    @property
    def environment(self) -> dict[str, str]:
        """That of every process of this Airflow."""
        ours = {key: value for key, value in os.environ.items() if not key.startswith(("STEMWACHT_", "AIRFLOW_"))}
        house = {**self.house.environment, "STEMWACHT_CONFIG": str(self.config)}
        return {**ours, **airflow_environment(self.home), **house}

    def run(self, *asked: Asked) -> list[Run]:
        """The runs, one after the other in one process, each to its end."""
        answer = self.home / f"{uuid.uuid4().hex}.json"
        assert self.start(answer, *asked).wait(timeout=300) == 0, self.said[-5_000:]
        return msgspec.json.decode(answer.read_bytes(), type=list[Run])

    def start(self, answer: Path, *asked: Asked) -> "subprocess.Popen[bytes]":
        """The same in a process that can be killed."""
        return self._script("one_run.py", answer, msgspec.json.encode(asked).decode())

    def parse(self) -> Parsed:
        """The DAGs as a scheduler sees them."""
        answer = self.home / "parsed.json"
        assert self._script("one_parse.py", answer).wait(timeout=300) == 0, self.said[-5_000:]
        return msgspec.json.decode(answer.read_bytes(), type=Parsed)

    def _script(self, name: str, answer: Path, *words: str) -> "subprocess.Popen[bytes]":
        return self.process(sys.executable, str(Path(__file__).with_name(name)), str(answer), *words)

    def process(self, *words: str) -> "subprocess.Popen[bytes]":
        """A process of this Airflow, in a group of its own; what it says is kept in `log`."""
        with self.log.open("ab") as out:
            return subprocess.Popen(
                words,
                env=self.environment,
                cwd=self.home,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What the processes said."""
        return self.log.read_text(encoding="utf-8", errors="replace")


class Played(msgspec.Struct, frozen=True):
    """A monitor after some runs, by what each was for, and the ISO week with most messages."""

    monitor: Monitor
    runs: Mapping[str, Run]
    week: str

    def copy(self, folder: Path) -> Monitor:
        """The same in a folder of its own."""
        shutil.copytree(self.monitor.house.folder, folder / "house")
        shutil.copytree(self.monitor.home, folder / "airflow")
        return Monitor(House(folder / "house"), folder / "airflow")


def airflow_environment(home: Path) -> dict[str, str]:
    """The variables of an Airflow that lives in this folder and knows our DAGs alone."""
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db?timeout=60",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "PYTHONPATH": str(ROOT),
    }
