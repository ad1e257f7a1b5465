"""A server process that dies with the Python process that started it, however that one ends."""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

# The kernel's death signal comes when the thread that forked ends: this one lives as long as the process.
_FORKS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engines")
LONGEST_START_SECONDS = 180


class EngineFailedError(Exception):
    """A server that did not start; the message ends with what its log says."""


@dataclass(frozen=True)
class Running:
    process: "subprocess.Popen[bytes]"
    log: Path

    def signal(self, number: int) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Power off: no shutdown hook runs, nothing is flushed."""
        self.signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def wait_until(self, ready: Callable[[], bool], what: str) -> None:
        """Returns when ready() is true; EngineFailedError when the process ends first or takes too long."""
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not ready():
            if self.process.poll() is not None:
                raise EngineFailedError(f"{what} ended with {self.process.returncode} while it started\n{self._end()}")
            if time.monotonic() > deadline:
                self.kill()
                raise EngineFailedError(f"{what} was not ready after {LONGEST_START_SECONDS} s\n{self._end()}")
            time.sleep(0.1)

    def _end(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        errors = [line for line in lines if "ERROR" in line or "FATAL" in line or "Exception" in line]
        return "\n".join((errors or lines)[-20:])


def launch(command: Sequence[str | Path], log: Path, environment: Mapping[str, str] | None = None) -> Running:
    """Starts a process group of its own that writes to the log; it is killed when this Python process is gone."""
    with log.open("ab") as out:
        start = _FORKS.submit(
            subprocess.Popen,
            [*_leash(), *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        return Running(start.result(), log)


def _leash() -> list[str]:
    return ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, below those that the kernel hands out for connections."""
    while True:
        port = random.randint(15000, 32000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
