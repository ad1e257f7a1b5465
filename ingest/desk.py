"""The desk at which a source hands in its records: they become messages here, and are accounted for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from ingest.batches import Batch
from ingest.building import builder
from ingest.coverage import Coverage, Gap
from ingest.drafting import Builder, drafted
from ingest.envelopes import Deletion
from ingest.identity import message_id
from ingest.intake import FUTURE_ALLOWED, Intake
from ingest.message import Kind, Message
from ingest.pseudonyms import Pseudonyms
from ingest.rejects import Reject
from ingest.roles import ROLES
from ingest.rows import BadRow, Record
from ingest.time_rules import TimeRule
from ingest.understanding import Understanding
from ingest.week_ledgers import WeekLedgers

_NO_ID = ("the record has no id", "see whether the source has changed its form")
NEWER = "newer version"


class Desk:
    """Takes what one pull of one source brings and hands it on in batches.

    `zone` is that of times that name none. `follow` says that a source that is a stream should go on when it has caught
    up. Handles become pseudonyms here; nothing else of a person goes further.
    """

    def __init__(
        self,
        source: str,
        pseudonyms: Pseudonyms,
        *,
        zone: str = "Europe/Amsterdam",
        follow: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.source, self.zone, self.follow = source, zone, follow
        self.now = clock
        self._pseudonyms = pseudonyms
        self._builders: dict[Kind, Builder] = {}
        self._records: list[Message | Deletion] = []
        self._rejects = _Noted()
        self._notes: dict[str, None] = {}
        self._ledgers = WeekLedgers(source, zone)
        self._of_files: list[Coverage] = []
        self._gaps: list[Gap] = []

    def add(self, record: Record, *, kind: Kind = "post", again: bool = False) -> None:
        """Take one record whose columns are named after the roles, under an id that it has at its source.

        `again` says that it is a newer version of one taken before: it goes on, and is not counted as another message.
        """
        draft = drafted(record, self._builder(kind), self._ledgers.undated, self._rejects, self.source)
        if draft is None:
            return
        if not draft.has_id:
            self._reject(record.number, *_NO_ID)
            return
        self._records.append(draft.message)
        if again:
            self._ledgers.undated.set_aside(NEWER)
        else:
            self._ledgers.of(draft.message).keep(draft.message, draft.notes)

    def duplicate(self) -> None:
        """Count a record that the source told twice at once."""
        self._ledgers.undated.duplicate += 1

    def take_back(self, author: str, *native_ids: str, every_message: bool = False) -> None:
        """The source took back these records of an author, or every one that he has there."""
        deletion = Deletion(
            source=self.source,
            author=self._pseudonyms.of(author),
            message_ids=tuple(message_id(self.source, name) for name in native_ids),
            every_message=every_message,
        )
        self._records.append(deletion)

    def read(self, understanding: Understanding) -> Iterator[None]:
        """Take a file, piece by piece; between two pieces what there is may be handed on as a batch."""
        intake = Intake(self._pseudonyms, self._rejects, now=self.now())
        try:
            for messages in intake.read(understanding):
                self._records += messages
                yield
        finally:
            self._of_files += intake.coverage()

    def refuse(self, file: str, reason: str, fix: str) -> None:
        """Note a whole file that is not read, as row 0; no source counts it."""
        self._rejects.add(file, BadRow(0, reason, fix))

    def note(self, words: str) -> None:
        """Something that whoever runs this should know; never what a person wrote."""
        self._notes[words] = None

    def gap(self, start: datetime | None, end: datetime | None, reason: str, *, part: str | None = None) -> None:
        """A stretch that this source, or one part of it, did not bring."""
        named = f"{self.source}: {part}" if part else self.source
        self._gaps.append(Gap(source=named, start=start, end=end, reason=reason))

    @property
    def waiting(self) -> int:
        """How many records are not handed on yet."""
        return len(self._records)

    def batch(self, cursor: str | None) -> Batch:
        """Hand on what was taken; without a cursor the account stays open until one is given."""
        coverage, by_week = self._settled() if cursor is not None else ((), ())
        batch = Batch(
            records=tuple(self._records),
            coverage=coverage,
            by_week=by_week,
            rejects=self._rejects.taken(),
            notes=tuple(self._notes),
            cursor=cursor,
        )
        self._records, self._notes, self._builders = [], {}, {}
        return batch

    def _builder(self, kind: Kind) -> Builder:
        """Made anew for every batch, since the times that are believed move on."""
        if kind not in self._builders:
            latest = self.now() + FUTURE_ALLOWED
            self._builders[kind] = builder(_native(self.source, kind), self._pseudonyms, latest)
        return self._builders[kind]

    def _reject(self, number: int, reason: str, fix: str) -> None:
        self._rejects.add(self.source, BadRow(number, reason, fix))
        self._ledgers.undated.rejected += 1

    def _settled(self) -> tuple[tuple[Coverage, ...], tuple[Coverage, ...]]:
        own = replace(self._ledgers.coverage(), gaps=tuple(self._gaps))
        files = [one for one in self._of_files if one.read]
        coverage = (*files, own) if own.read or own.gaps else tuple(files)
        by_week = (*files, *self._ledgers.by_week())
        self._ledgers, self._of_files, self._gaps = WeekLedgers(self.source, self.zone), [], []
        return coverage, by_week


class _Noted:
    """Rejects that wait for the next batch."""

    def __init__(self) -> None:
        self._noted: list[Reject] = []

    def add(self, file: str, bad: BadRow, *, kept: bool = False) -> None:
        self._noted.append(Reject(file, bad.number, bad.reason, bad.fix, kept))

    def taken(self) -> tuple[Reject, ...]:
        """Those there are, which then wait no longer."""
        taken, self._noted = tuple(self._noted), []
        return taken

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """Nothing is open."""


def _native(source: str, kind: Kind) -> Understanding:
    """How records are read whose columns are the roles themselves; their times are exact."""
    rule = TimeRule(zone="UTC")
    return Understanding(
        path=Path(source),
        source=source,
        format="",
        detail="records of a source",
        columns=ROLES,
        mapping={role: role for role in ROLES},
        kind=kind,
        kind_reason="as the source has them",
        published_rule=rule,
        received_rule=rule,
        rows=None,
        confident=True,
        proposal="",
        native=True,
    )
