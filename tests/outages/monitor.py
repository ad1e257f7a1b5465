"""A monitor on servers: messages go onto its log, workers in processes of their own analyse them, and are killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from ingest import DEAD_LETTERS, MESSAGES, Message, message_record
from stemwacht import wiring
from stemwacht.config import Settings, load
from stemwacht.demo import Campaigns, consultation
from stemwacht.replaying import GROUP as REPLAY
from stemwacht.setting_up import set_up
from stemwacht.watching import GROUP
from tests.stemwacht.house import House, Kept, kept
from tests.stemwacht.stream import messages_of

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 300.0


class Account(msgspec.Struct, frozen=True):
    """What became of the messages that were sent."""

    lost: int
    doubled: int
    dead_letters: int


class Monitor:
    """A working folder, settings that lead to the servers, and the workers started over them."""

    def __init__(self, folder: Path, kafka: str, elasticsearch: str, prefix: str, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.house = House(
            folder,
            STEMWACHT_LOG__NAME="kafka",
            STEMWACHT_KAFKA__BOOTSTRAP_SERVERS=kafka,
            STEMWACHT_KAFKA__PREFIX=prefix,
            STEMWACHT_KAFKA__PARTITIONS="4",
            STEMWACHT_KAFKA__TIMEOUT_SECONDS="5",
            STEMWACHT_KAFKA__SESSION_SECONDS="6",
            STEMWACHT_STORE__NAME="elasticsearch",
            STEMWACHT_ELASTICSEARCH__HOSTS=elasticsearch,
            STEMWACHT_ELASTICSEARCH__PREFIX=prefix.rstrip("-"),
            STEMWACHT_ELASTICSEARCH__TIMEOUT_SECONDS="10",
            STEMWACHT_WATCH__BATCH="40",
            STEMWACHT_WATCH__INTERVAL_SECONDS="0.2",
            STEMWACHT_PATHS__STORE=str(folder / "none.sqlite"),
            STEMWACHT_PATHS__OUT=str(folder / "out"),
            **environment,
        )
        self.settings: Settings = load(None, self.house.environment)
        self._workers: list[Worker] = []
        list(set_up(self.settings))

    def send(self, messages: Sequence[Message]) -> None:
        """Append them to the log, again and again until it takes them."""
        records = [message_record(message) for message in messages]
        with closing(wiring.open_log(self.settings)) as log:
            log.append(MESSAGES, records)

    def start(self) -> "Worker":
        """A worker that handles batches."""
        worker = Worker(self.house, len(self._workers))
        self._workers.append(worker)
        return worker

    def stop(self) -> None:
        """Kill every worker that still runs."""
        for worker in self._workers:
            worker.kill()

    def until_handled(self, *, seconds: float = LONGEST_SECONDS) -> None:
        """Wait until nothing is left on the log."""
        with closing(wiring.open_log(self.settings)) as log:
            wait_until(lambda: log.lag(MESSAGES, GROUP) == 0, "the log is not empty", seconds=seconds)

    def account(self, sent: Sequence[Message]) -> Account:
        """Count what was sent against what stands, whichever index it stands in."""
        with closing(wiring.open_store(self.settings)) as store, closing(wiring.open_log(self.settings)) as log:
            found = [document.id for document in store.find("messages")]
            expected = {message.id for message in sent}
            return Account(
                lost=len(expected - set(found)),
                doubled=len(found) - len(set(found)),
                dead_letters=log.lag(DEAD_LETTERS, REPLAY),
            )

    def kept(self) -> Kept:
        """What a comparison of the whole window makes of all that stands."""
        self.house.well("watch", "--once")
        with closing(wiring.open_store(self.settings)) as store:
            return kept(store)


class Worker:
    """A worker in a process of its own; what it says goes to a file."""

    def __init__(self, house: House, number: int) -> None:
        self._told = house.folder / f"worker-{number}.txt"
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("STEMWACHT_")}
        with self._told.open("wb") as told:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from stemwacht.cli import main; main()", "-v", "watch", "--batches-only"],
                cwd=house.folder,
                env={**inherited, **house.environment, "PYTHONPATH": str(ROOT)},
                stdout=told,
                stderr=told,
            )

    @property
    def said(self) -> str:
        """All it said so far."""
        return self._told.read_text(encoding="utf-8")

    @property
    def runs(self) -> bool:
        """Whether it is still alive."""
        return self._process.poll() is None

    def until_said(self, words: str, *, seconds: float = LONGEST_SECONDS) -> None:
        """Wait until it says so."""
        wait_until(lambda: words in self.said or not self.runs, f"it never said {words!r}", seconds=seconds)
        assert words in self.said, self.said

    def kill(self) -> None:
        """Kill -9."""
        self._process.kill()
        self._process.wait()


def wait_until(done: Callable[[], bool], otherwise: str, *, seconds: float = LONGEST_SECONDS) -> None:
    """Ask until it is so; an AssertionError with the words when the time is over."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, otherwise
        time.sleep(0.1)


@contextmanager
def running(monitor: Monitor) -> Iterator[Monitor]:
    """The monitor, whose workers are gone at the end."""
    try:
        yield monitor
    finally:
        monitor.stop()


def stream(seed: int, organic: int, campaigns: Mapping[str, int]) -> list[Message]:
    """Letters as messages, each sender's own, with campaigns among them."""
    planted = [Campaigns(kind, (size,)) for kind, size in campaigns.items()]  # type: ignore[arg-type]  # kinds by name
    return messages_of(consultation(seed, organic, planted, language="nl"))
