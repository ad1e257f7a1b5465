"""Keeps one server running for a whole test run, for all its workers.

`python -m tests.engines.keeper KIND FOLDER PID` writes to FOLDER/access how to reach the server, and ends, with the
server, when the process PID ends in whatever way.
"""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.engines.downloads import ROOT, locked
from tests.engines.elasticsearch import ElasticsearchServer
from tests.engines.kafka import KafkaServer
from tests.engines.missing import EngineMissingError
from tests.engines.process import EngineFailedError
from tests.engines.security import Access, Security

KINDS: dict[str, Callable[[Path], KafkaServer | ElasticsearchServer]] = {
    "kafka": KafkaServer,
    "elasticsearch": ElasticsearchServer,
    "secured-kafka": lambda folder: KafkaServer(folder, security=Security()),
    "secured-elasticsearch": lambda folder: ElasticsearchServer(folder, security=Security()),
}
LONGEST_SECONDS = 900  # the first time there are two downloads


def shared(kind: str, folder: Path, while_lives: int) -> Access:
    """How to reach the run's server of that kind; the first who asks starts it. Raises what kept it from starting."""
    with locked(folder / "lock"):
        if not (folder / "access").exists():
            _start(kind, folder, while_lives)
        return msgspec.json.decode((folder / "access").read_bytes(), type=Access)


def _start(kind: str, folder: Path, while_lives: int) -> None:
    if not (folder / "missing").exists():
        _wait_for(_keeper(kind, folder, while_lives), folder / "access")
    if (folder / "missing").exists():
        raise EngineMissingError((folder / "missing").read_text(encoding="utf-8"))
    if not (folder / "access").exists():
        raise EngineFailedError((folder / "log").read_text(encoding="utf-8", errors="replace"))


def _keeper(kind: str, folder: Path, while_lives: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.engines.keeper", kind, str(folder), str(while_lives)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=ROOT
        )


def _wait_for(keeper: "subprocess.Popen[bytes]", access: Path) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while not access.exists() and keeper.poll() is None:
        if time.monotonic() > deadline:
            keeper.kill()
        time.sleep(0.1)


def keep(kind: str, folder: Path, while_lives: int) -> None:
    """Starts the server, says where, and returns when the process that it is for has ended."""
    wait_for_end = _end_of(while_lives)
    try:
        with KINDS[kind](folder / "server") as server:
            _write(folder / "access", msgspec.json.encode(server.access))
            wait_for_end()
    except EngineMissingError as error:
        _write(folder / "missing", str(error).encode())
        raise


def _write(path: Path, text: bytes) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(text)
    unfinished.rename(path)


def _end_of(process: int) -> Callable[[], None]:
    """A function that returns when that process has ended."""
    if hasattr(os, "pidfd_open"):
        try:
            handle = os.pidfd_open(process)
        except ProcessLookupError:
            return lambda: None
        return lambda: (select.select([handle], [], []), None)[1]
    return lambda: _poll(process)


def _poll(process: int) -> None:
    while True:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(1)


if __name__ == "__main__":
    keep(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
