"""A worker: rounds over log and store for ever, which servers that come and go do not end."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import msgspec

from analysis import Annotator
from ingest import IngestError
from ingest.log import Log
from stemwacht import wiring
from stemwacht.config import Settings
from stemwacht.slower_rhythms import WindowError
from store import Store, StoreError

_LONGEST_PAUSE_SECONDS = 60.0


class Tools(msgspec.Struct, frozen=True):
    """What a worker needs for its rounds."""

    log: Log
    store: Store
    annotator: Annotator


@contextmanager
def tools(settings: Settings) -> Iterator[Tools]:
    """Everything opened, and closed at the end."""
    with _engines(settings) as (log, store):
        yield Tools(log, store, wiring.annotator(settings))


def keep_working(settings: Settings, rounds: Callable[[Tools], bool], tell: Callable[[str], None]) -> None:
    """Rounds without end; after one in which nothing was to do, a pause.

    Trouble with a server, or with memory for the window, is told once and tried again at growing intervals: nothing is
    lost meanwhile. Trouble with a file of this machine ends the worker as it ends any command.
    """
    annotator = wiring.annotator(settings)
    trouble, pause = "", settings.watch.interval_seconds
    while True:
        try:
            with _engines(settings) as (log, store):
                while True:
                    busy = rounds(Tools(log, store, annotator))
                    if trouble:
                        tell("It works again.")
                        trouble, pause = "", settings.watch.interval_seconds
                    if not busy:
                        time.sleep(settings.watch.interval_seconds)
        except (StoreError, IngestError) as error:
            if not on_servers(settings) and not isinstance(error, WindowError):
                raise
            if str(error) != trouble:
                trouble = str(error)
                tell(f"{trouble}. Trying again; nothing is lost.")
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)


def on_servers(settings: Settings) -> bool:
    """Whether log or store are servers, which may come back."""
    return settings.log.name != "sqlite" or settings.store.name != "sqlite"


@contextmanager
def _engines(settings: Settings) -> Iterator[tuple[Log, Store]]:
    with closing(wiring.open_store(settings)) as store, closing(wiring.open_log(settings)) as log:
        yield log, store
