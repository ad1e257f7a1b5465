"""Pulling: what sources bring goes to the log, and only then it is kept how far they were read.

Cursor from the store, records to the log, cursor and account to the store: a kill at any point loses nothing, and what
comes twice has the same id.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
import structlog

from ingest import MESSAGES, Coverage, Deletion, Message, deletion_record, message_record
from ingest.log import Log, Record
from ingest.sources import Batch, Desk, Source, SourceError, open_source
from stemwacht import wiring
from stemwacht.config import Settings
from stemwacht.pulled_rejects import keep_rejects
from stemwacht.pulled_state import after_batch, drop_caught_up, keep_state, stored_state, with_silence
from stemwacht.turns import turn_if_free
from store import Store

EVERY_MINUTES = 15.0
_log = structlog.get_logger()


class Scheduled(msgspec.Struct, frozen=True):
    """A source with how often it is pulled, and after how many hours without a message it is quiet."""

    source: Source
    every_minutes: float
    quiet_hours: float

    @property
    def name(self) -> str:
        """The name of its table."""
        return self.source.name


class Pulled(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a pull, or of a batch of one: the ledgers, how often something was taken back, what to know.

    `error` is why a source could not be read, or not to the end.
    """

    source: str
    coverage: tuple[Coverage, ...] = ()
    taken_back: int = 0
    notes: tuple[str, ...] = ()
    error: str | None = None

    def plus(self, later: "Pulled") -> "Pulled":
        """Both as one."""
        ledgers = {ledger.source: ledger for ledger in self.coverage}
        for ledger in later.coverage:
            ledgers[ledger.source] = ledgers[ledger.source].plus(ledger) if ledger.source in ledgers else ledger
        return Pulled(
            source=self.source,
            coverage=tuple(ledgers.values()),
            taken_back=self.taken_back + later.taken_back,
            notes=tuple(dict.fromkeys((*self.notes, *later.notes))),
            error=later.error or self.error,
        )


def scheduled(settings: Settings, names: Sequence[str] = ()) -> list[Scheduled]:
    """The sources of these names, all that are configured where none is given; every mistake is told before a pull.

    ValueError names what is misspelt and what there is; `SourceError` what is not installed.
    """
    if not settings.sources:
        raise ValueError(
            "no source is configured; add a table [sources.NAME] to stemwacht.toml, as `stemwacht config --example` "
            "shows one"
        )
    for name in names:
        if name not in settings.sources:
            raise ValueError(f"no source {name!r}; there are: {', '.join(sorted(settings.sources))}")
    return [_scheduled(name, settings.sources[name]) for name in names or sorted(settings.sources)]


def pull_source(
    item: Scheduled, log: Log, store: Store, settings: Settings, *, clock: Callable[[], datetime] | None = None
) -> Pulled:
    """Read what is new in one source onto the log; a source that cannot be read is told of, and raises nothing.

    Raises StoreError and the errors of the log.
    """
    total = Pulled(source=item.name)
    try:
        for part in pulling(item, log, store, settings, clock=clock):
            total = total.plus(part)
    except SourceError as error:
        return total.plus(Pulled(source=item.name, error=str(error)))
    return total


def pulling(
    item: Scheduled,
    log: Log,
    store: Store,
    settings: Settings,
    *,
    follow: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> Iterator[Pulled]:
    """The same batch by batch, each given once it is safe; raises `SourceError`, which is also kept in the store."""
    now = clock or _now
    with turn_if_free(store, f"pull {item.name}") as free:
        if not free:
            raise SourceError(f"another worker is pulling {item.name!r} now; what it reads need not be read twice")
        state = stored_state(store, item.name, settings.ingest.zone, now())
        desk = Desk(item.name, wiring.pseudonyms(settings), zone=settings.ingest.zone, follow=follow, clock=now)
        try:
            for batch in item.source.pull(desk, state.cursor):
                log.append(MESSAGES, [_record(record) for record in batch.records])
                keep_rejects(settings.paths.log, item.name, batch.rejects)
                if batch.cursor is not None:
                    later = with_silence(after_batch(state, batch, now()), item.quiet_hours, now())
                    keep_state(store, later)
                    drop_caught_up(store, state, later)
                    state = later
                yield _told(item.name, batch)
        except SourceError as error:
            failed = msgspec.structs.replace(state, failure=str(error), gaps=())
            keep_state(store, with_silence(failed, item.quiet_hours, now()))
            raise


def _told(name: str, batch: Batch) -> Pulled:
    told = Pulled(source=name, coverage=batch.coverage, taken_back=len(batch.deletions), notes=batch.notes)
    kept, rejected = (sum(getattr(one, what) for one in batch.coverage) for what in ("kept", "rejected"))
    _log.info("pulled", source=name, records=len(batch.records), kept=kept, rejected=rejected)
    return told


def _record(record: Message | Deletion) -> Record:
    return message_record(record) if isinstance(record, Message) else deletion_record(record)


def _scheduled(name: str, table: Mapping[str, object]) -> Scheduled:
    options = dict(table)
    kind = options.pop("kind", None)
    if not isinstance(kind, str):
        raise ValueError(f'source {name!r} does not say of which kind it is; write kind = "…" under [sources.{name}]')
    every = _positive(name, "every_minutes", options.pop("every_minutes", EVERY_MINUTES))
    quiet = options.pop("quiet_hours", None)
    source = open_source(name, kind, options)
    return Scheduled(source, every, source.quiet_hours if quiet is None else _positive(name, "quiet_hours", quiet))


def _positive(name: str, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise ValueError(f"source {name!r}: {key}: expected a number above 0, got {value!r}")
    return float(value)


def _now() -> datetime:
    return datetime.now(UTC)
