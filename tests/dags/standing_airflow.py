"""A whole Airflow that runs: scheduler, triggerer, DAG processor and API server."""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from tests.dags.monitor import Monitor
from tests.engines.process import free_port

LONGEST_SECONDS = 600
Found = TypeVar("Found")


@contextmanager
def standing(monitor: Monitor) -> Iterator["StandingAirflow"]:
    """Starts Airflow over the monitor's house and gives it once all of it works; at the end all of it is killed."""
    port = free_port()
    monitor.house.environment |= _settings(port)
    process = monitor.process(sys.executable, "-m", "airflow", "standalone")
    airflow = StandingAirflow(monitor, port)
    try:
        airflow.eventually(airflow.is_up)
        yield airflow
    finally:
        for one in [process.pid, *_descendants(process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        process.wait(timeout=30)


class StandingAirflow:
    """Its DAG runs and tasks, as its own interface tells them."""

    def __init__(self, monitor: Monitor, port: int) -> None:
        self._monitor = monitor
        self._url = f"http://127.0.0.1:{port}"

    def is_up(self) -> bool:
        """Whether every part of it works."""
        try:
            told = self._get("/api/v2/monitor/health", {})
        except OSError:
            return False
        return all(told[part]["status"] == "healthy" for part in ("scheduler", "triggerer", "dag_processor"))

    def runs(self, dag: str, kind: str, state: str = "success") -> list[str]:
        """The ids of the runs of that kind that are in that state, oldest first."""
        try:
            told = self._told(f"dags/{dag}/dagRuns?order_by=run_after")
        except urllib.error.HTTPError:  # not parsed yet
            return []
        found = told["dag_runs"]
        return [run["dag_run_id"] for run in found if run["run_type"] == kind and run["state"] == state]

    def returned(self, dag: str, run: str, task: str) -> Any:
        """What a task handed on."""
        return self._told(f"dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/return_value")["value"]

    def events(self) -> list[Mapping[str, Any]]:
        """What the watched topic told."""
        found: list[Mapping[str, Any]] = self._told("assets/events")["asset_events"]
        return found

    def command(self, *words: str) -> None:
        """`airflow WORDS...`, which has to end well, at the fifth try at last: Airflow's parts lock one SQLite file."""
        for pause in (5, 10, 20, 40, 0):
            process = self._monitor.process(sys.executable, "-m", "airflow", *words)
            if process.wait(timeout=LONGEST_SECONDS) == 0:
                return
            time.sleep(pause)
        raise AssertionError(self._monitor.said[-5_000:])

    def eventually(self, look: Callable[[], Found]) -> Found:
        """What is found, as soon as it is something."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while not (found := look()):
            assert time.monotonic() < deadline, self._monitor.said[-5_000:]
            time.sleep(0.5)
        return found

    def _told(self, path: str) -> Any:
        token = self._get("/auth/token", {})["access_token"]
        return self._get(f"/api/v2/{path}", {"Authorization": f"Bearer {token}"})

    def _get(self, path: str, headers: Mapping[str, str]) -> Any:
        request = urllib.request.Request(self._url + path, headers=dict(headers))
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


def _descendants(process: int) -> list[int]:
    """Its children and theirs; a task is in a group of its own, so the group alone does not do."""
    found: list[int] = []
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, told.read_text().split()):
            found += [child, *_descendants(child)]
    return found


def _settings(port: int) -> dict[str, str]:
    """One worker of each kind, ports that nobody else has, and no signing in."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__API_AUTH__JWT_SECRET": "of the tests alone, and long enough to sign what they ask",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
    }
