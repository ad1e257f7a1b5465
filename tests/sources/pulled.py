"""A pull as its keeper sees it: batches taken one by one, the cursor kept after each."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from ingest import Coverage, Gap, Message, Pseudonyms
from ingest.sources import Batch, Desk, SourceError, open_source

KEY = b"k" * 32
PSEUDONYMS = Pseudonyms(KEY)


class Puller:
    """One source over several pulls. `cursor` is what a store would keep."""

    def __init__(
        self,
        kind: str,
        options: Mapping[str, Any],
        *,
        name: str = "test",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        follow: bool = False,
    ) -> None:
        self.source = open_source(name, kind, options)
        self.name, self.clock, self.follow = name, clock, follow
        self.cursor: str | None = None
        self.all: list[Batch] = []

    def batches(self) -> Iterator[Batch]:
        """What one pull gives, as it gives it."""
        return self.source.pull(Desk(self.name, PSEUDONYMS, follow=self.follow, clock=self.clock), self.cursor)

    def pull(self, *, until: int | None = None, fails: bool = False) -> "Came":
        """Pull once; killed after so many batches, the last of which is on the log but not kept."""
        came: list[Batch] = []
        error = None
        try:
            for batch in self.batches():
                came.append(batch)
                if until is not None and len(came) > until:
                    break
                if batch.cursor is not None:
                    self.cursor = batch.cursor
        except SourceError as failure:
            if not fails:
                raise
            error = str(failure)
        assert not fails or error is not None
        self.all += came
        return Came(came, error)


class Came:
    """What came of a pull."""

    def __init__(self, batches: list[Batch], error: str | None = None) -> None:
        self.batches, self.error = batches, error or ""
        self.messages: list[Message] = [message for batch in batches for message in batch.messages]
        self.deletions = [deletion for batch in batches for deletion in batch.deletions]
        self.rejects = [reject for batch in batches for reject in batch.rejects]
        self.notes = [note for batch in batches for note in batch.notes]
        self.gaps: list[Gap] = [gap for ledger in self.ledgers for gap in ledger.gaps]

    @property
    def ledgers(self) -> list[Coverage]:
        return [ledger for batch in self.batches for ledger in batch.coverage]

    @property
    def ids(self) -> list[str]:
        return [message.id for message in self.messages]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def others(self) -> dict[str, int]:
        """The records that are no messages, by kind."""
        counts: dict[str, int] = {}
        for ledger in self.ledgers:
            for what, count in ledger.not_messages:
                counts[what] = counts.get(what, 0) + count
        return counts

    def count(self, what: str) -> int:
        """A column of the ledger."""
        return sum(getattr(ledger, what) for ledger in self.ledgers)

    @property
    def leaving(self) -> str:
        """All that leaves the desk, as JSON, in one case."""
        return msgspec.json.encode(self.batches).decode().casefold()


def pseudonym(name: str) -> str:
    return PSEUDONYMS.of(name)
