"""Kafka and Elasticsearch in the background, for somebody who tries the project: what `make services` starts.

`python -m tests.engines.services FOLDER KAFKA_PORT ELASTICSEARCH_PORT` is the process in the background.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.engines.downloads import ROOT, elasticsearch_home, kafka_jars
from tests.engines.elasticsearch import ElasticsearchServer
from tests.engines.kafka import KafkaServer
from tests.engines.process import listens

LONGEST_SECONDS = 300


class ServicesError(Exception):
    """The message says what to do."""


@dataclass(frozen=True)
class Services:
    """Both servers, their data in one folder, on fixed ports of 127.0.0.1."""

    folder: Path
    kafka_port: int = 9092
    elasticsearch_port: int = 9200

    def up(self) -> None:
        """Starts both unless they run, and returns when both answer; the first time it fetches them."""
        if self.running() is not None:
            return
        for port in (self.kafka_port, self.elasticsearch_port):
            if listens(port):
                raise ServicesError(f"port {port} of 127.0.0.1 is taken: `ss -ltnp` says by what; stop that first")
        kafka_jars()
        elasticsearch_home()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._ready.unlink(missing_ok=True)
        self._wait(self._background())

    def down(self) -> bool:
        """Stops both and keeps their data. False when they did not run."""
        process = self.running()
        if process is None:
            return False
        os.kill(process, signal.SIGTERM)
        while self.running() is not None:
            time.sleep(0.1)
        return True

    def running(self) -> int | None:
        """The process that holds the servers, None when there is none."""
        try:
            with self._lock.open("r") as held:
                fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return None
        except BlockingIOError:
            return int(self._lock.read_text(encoding="ascii"))
        return None

    def hold(self) -> None:
        """Runs both servers until a signal comes."""
        signals = {signal.SIGTERM, signal.SIGINT}
        signal.pthread_sigmask(signal.SIG_BLOCK, signals)
        kafka = KafkaServer(self.folder / "kafka", port=self.kafka_port)
        elasticsearch = ElasticsearchServer(self.folder / "elasticsearch", port=self.elasticsearch_port)
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.write(str(os.getpid()))
            lock.flush()
            with kafka, elasticsearch:
                self._ready.touch()
                signal.sigwait(signals)

    @property
    def _lock(self) -> Path:
        return self.folder / "lock"

    @property
    def _ready(self) -> Path:
        return self.folder / "ready"

    def _background(self) -> "subprocess.Popen[bytes]":
        ports = (str(self.kafka_port), str(self.elasticsearch_port))
        command = [sys.executable, "-m", "tests.engines.services", str(self.folder), *ports]
        with (self.folder / "services.log").open("wb") as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=ROOT
            )

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + LONGEST_SECONDS
        while not self._ready.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                said = (self.folder / "services.log").read_text(encoding="utf-8", errors="replace")
                raise ServicesError(said.strip().splitlines()[-1] if said.strip() else "the servers did not start")
            time.sleep(0.2)


if __name__ == "__main__":
    Services(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])).hold()
