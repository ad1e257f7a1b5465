"""A stream of messages to watch, and what one look at all of them gives."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import cache

import msgspec

from analysis import Annotator, Languages
from ingest import MESSAGES, Message, message_record
from ingest.log import Log, SqliteLog
from stemwacht import alerting, wiring
from stemwacht.analysing import analyse
from stemwacht.config import Settings
from stemwacht.demo import Letter
from stemwacht.stages import Stages
from stemwacht.watching import Reconciled, drain, reconcile
from store import Store
from tests.stemwacht.house import Kept, kept

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@cache
def annotator() -> Annotator:
    return Annotator(Languages(("nl", "en", "de", "fr")))


def settings(batch: int = 2_000) -> Settings:
    """Settings under which these messages are in the window whenever the test runs."""
    told = Settings()
    return msgspec.structs.replace(
        told,
        families=msgspec.structs.replace(told.families, window_days=40_000),
        watch=msgspec.structs.replace(told.watch, batch=batch),
        embedder=msgspec.structs.replace(told.embedder, name="none"),
    )


def message(number: int, text: str, *, hours: float | None = None, kind: str = "post") -> Message:
    """A message of a sender of its own, an hour after the one of the number before."""
    said = {
        "id": f"m_{number:06}",
        "source": "test",
        "native_id": str(number),
        "kind": kind,
        "text": text,
        "text_written": text,
        "author": f"a{number}",
        "published": START + timedelta(hours=number if hours is None else hours),
        "published_precision": "second",
        "language": "nl",
    }
    return msgspec.convert(said, Message)


def messages_of(letters: Iterable[Letter], *, first: int = 0) -> list[Message]:
    """The letters as messages, each at the start of its day."""
    made = [message(number, letter.text, kind="letter") for number, letter in enumerate(letters, first)]
    days = [datetime.combine(letter.date, time(), UTC) for letter in letters]
    return [
        msgspec.structs.replace(one, published=day, published_precision="day")
        for one, day in zip(made, days, strict=True)
    ]


class Watcher:
    """Log, store and the two rhythms of watching."""

    def __init__(self, log: Log, store: Store, told: Settings) -> None:
        self.log, self.store, self.settings = log, store, told

    def hear(self, messages: Sequence[Message]) -> None:
        """What comes in is analysed at once."""
        self.log.append(MESSAGES, [message_record(one) for one in messages])
        assert drain(self.log, self.store, annotator(), self.settings) == len(messages)

    def kept(self) -> Kept:
        """What the store holds."""
        return kept(self.store)

    def reconcile(self) -> Reconciled:
        """The whole window is compared."""
        return reconcile(self.store, annotator(), None, self.settings, Stages(None))


@contextmanager
def watcher(batch: int = 2_000) -> Iterator[Watcher]:
    """A watcher over a log and a store of its own."""
    log, store = SqliteLog(), wiring.file_store(None)
    try:
        yield Watcher(log, store, settings(batch))
    finally:
        log.close()
        store.close()


def in_one_go(messages: Sequence[Message]) -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """The families and, by family, the alerts of all messages looked at once, as a scan does."""
    store = wiring.file_store(None)
    try:
        batches = [annotator().annotate(list(messages))]
        told = settings()
        seen = analyse(messages, batches, store, None, Stages(None), told)
        by_id = {one.id: one for one in messages}
        outcome = alerting.judge(store, seen.findings, by_id, told, (), datetime.now(UTC))
    finally:
        store.close()
    families = {family.id: frozenset(member.message_id for member in family.members) for family in seen.findings}
    return families, {alert.finding_id: alert.messages for alert in outcome.current}
