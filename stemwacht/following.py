"""Following: sources pulled again and again, streams kept open; one that fails does not hold up the others."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from ingest import IngestError
from ingest.log import Log
from ingest.sources import SourceError
from stemwacht import wiring
from stemwacht.config import Settings
from stemwacht.pulling import Pulled, Scheduled, pulling
from stemwacht.working import on_servers
from store import Store, StoreError

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 5.0, 300.0
_IDLE_SECONDS = 0.5


def follow(items: Sequence[Scheduled], settings: Settings, tell: Callable[[Pulled], None]) -> None:
    """Pull without end, telling of every batch once it is safe.

    Servers that do not answer are waited for: nothing is lost meanwhile. Trouble with a file of this machine ends it.
    """
    turns = [_Turn(item, settings) for item in items]
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            with closing(wiring.open_store(settings)) as store, closing(wiring.open_log(settings)) as log:
                while True:
                    busy = [turn.take(log, store, tell) for turn in turns]
                    pause = _FIRST_PAUSE_SECONDS
                    if not any(busy):
                        time.sleep(_IDLE_SECONDS)
        except (StoreError, IngestError) as error:
            if not on_servers(settings):
                raise
            for turn in turns:
                turn.end()
            tell(Pulled(source="log and store", error=f"{error}. Trying again; nothing is lost"))
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


class _Turn:
    """One source among others: a batch at a time, and a pause after its end or its failure."""

    def __init__(self, item: Scheduled, settings: Settings) -> None:
        self._item, self._settings = item, settings
        self._due = time.monotonic()
        self._pause = _FIRST_PAUSE_SECONDS
        self._running: Iterator[Pulled] | None = None

    def take(self, log: Log, store: Store, tell: Callable[[Pulled], None]) -> bool:
        """Do the next batch if there is one; returns whether anything was to do."""
        if self._running is None:
            if time.monotonic() < self._due:
                return False
            self._due = time.monotonic() + self._item.every_minutes * 60
            self._running = pulling(self._item, log, store, self._settings, follow=True)
        try:
            told = next(self._running, None)
        except SourceError as error:
            self.end()
            self._due = time.monotonic() + min(self._pause, self._item.every_minutes * 60)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE_SECONDS)
            tell(Pulled(source=self._item.name, error=str(error)))
            return True
        if told is None:
            self._running = None
            return False
        self._pause = _FIRST_PAUSE_SECONDS
        tell(told)
        return True

    def end(self) -> None:
        """Leave the pull where it is; the next one goes on from what is safe."""
        self._running = None
