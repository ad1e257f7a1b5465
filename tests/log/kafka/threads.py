"""Those who append and read while a test does something to the broker or to the group."""

import threading
import time

from ingest.log import Record
from ingest.log.kafka import KafkaLog, KafkaOptions


class Helper(threading.Thread):
    """Works on a log of its own until told to stop; `finish` tells it, and raises what it died of."""

    def __init__(self, options: KafkaOptions) -> None:
        super().__init__(daemon=True)
        self.stopping = threading.Event()
        self._options = options
        self._died_of: Exception | None = None

    def run(self) -> None:
        try:
            log = KafkaLog(self._options)
            self.work(log)
            log.close()
        except Exception as error:
            self._died_of = error

    def work(self, log: KafkaLog) -> None:
        raise NotImplementedError

    def finish(self, seconds: float = 60) -> None:
        self.stopping.set()
        self.join(seconds)
        if self._died_of is not None:
            raise self._died_of
        assert not self.is_alive()


class Appender(Helper):
    """Appends numbers, ten keys in turn; `written` is what was acknowledged."""

    def __init__(self, options: KafkaOptions) -> None:
        super().__init__(options)
        self.written: list[bytes] = []

    def work(self, log: KafkaLog) -> None:
        while not self.stopping.is_set():
            values = [b"%d" % (len(self.written) + number) for number in range(50)]
            log.append("t", [Record(key_of(value), value) for value in values])
            self.written += values
            time.sleep(0.02)


class Worker(Helper):
    """Reads and commits what waits, also after it was told to stop; or walks off with a batch: `left_open`."""

    def __init__(self, options: KafkaOptions, limit: int, batches: int | None = None) -> None:
        super().__init__(options)
        self.handled: list[bytes] = []
        self.left_open: list[bytes] = []
        self._limit, self._batches = limit, batches

    def work(self, log: KafkaLog) -> None:
        done = 0
        while not self.stopping.is_set() or log.lag("t", "g"):
            batch = log.read("t", "g", self._limit)
            if done == self._batches:
                self.left_open = [record.value for record in batch]
                return
            time.sleep(0.02)
            log.commit("t", "g", batch)
            self.handled += [record.value for record in batch]
            done += bool(batch)


def key_of(value: bytes) -> str:
    """Its last digit."""
    return value.decode()[-1]


def in_order(values: list[bytes]) -> bool:
    """Whether the numbers of each key ascend."""
    last: dict[str, int] = {}
    for value in values:
        if int(value) < last.get(key_of(value), -1):
            return False
        last[key_of(value)] = int(value)
    return True
