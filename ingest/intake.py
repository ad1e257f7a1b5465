"""The way in: files become messages in batches, and every record is accounted for."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from ingest.building import Draft, builder
from ingest.coverage import Coverage
from ingest.drafting import RejectSink, drafted
from ingest.formats import formats
from ingest.identity import content_digest, content_id, short_key
from ingest.ledger import Ledger, Note
from ingest.message import Message
from ingest.pseudonyms import Pseudonyms
from ingest.rejects import Rejects
from ingest.rows import BadRow, Record
from ingest.seen import Seen
from ingest.understanding import Understanding

FUTURE_ALLOWED = timedelta(days=1)


class Intake:
    """Reads files into messages; knows what it has seen, so that a record that comes twice is kept once.

    What cannot be read is noted in the file `rejects`, or where else it says. `now` bounds the times that are believed:
    what lies more than a day after it is unknown.
    """

    def __init__(self, pseudonyms: Pseudonyms, rejects: Path | RejectSink, *, now: datetime | None = None) -> None:
        self._pseudonyms = pseudonyms
        self._rejects = Rejects(rejects) if isinstance(rejects, Path) else rejects
        self._latest = (now or datetime.now(UTC)) + FUTURE_ALLOWED
        self._seen = Seen()
        self._ledgers: dict[str, Ledger] = {}

    def read(self, understanding: Understanding, batch: int = 5000) -> Iterator[list[Message]]:
        """The messages of a file, each id once over all files read; rejects and duplicates are counted, not given.

        Records with an id are one message if id and content agree; if only the id agrees both are kept, the second
        under an id from its content. Records without an id are told apart by content and count: equal ones are all
        kept. A row without text that has an id or an author is kept as a placeholder named `empty`.
        """
        ledger = self._ledgers.setdefault(understanding.source, Ledger(understanding.source))
        rows = formats()[understanding.format].read(understanding.path).rows
        while piece := list(itertools.islice(rows, batch)):
            messages = self._settled(self._drafts(piece, understanding, ledger), ledger)
            self._rejects.flush()
            if messages:
                yield messages

    def coverage(self) -> list[Coverage]:
        """The account of each source so far: read = kept + rejected + duplicate + what is no message."""
        return [ledger.coverage() for ledger in self._ledgers.values()]

    def notes(self) -> list[Note]:
        """What people should know about how the records were read, per source."""
        return [note for ledger in self._ledgers.values() for note in ledger.notes()]

    def refuse(self, file: str, reason: str, fix: str) -> None:
        """Note a whole file that is not read, as row 0; it holds no record, so no source counts it."""
        self._rejects.add(file, BadRow(0, reason, fix))

    def close(self) -> None:
        """Finish the file of rejects."""
        self._rejects.close()

    def _drafts(self, records: Iterable[Record], understanding: Understanding, ledger: Ledger) -> list[Draft]:
        build, file = builder(understanding, self._pseudonyms, self._latest), understanding.path.name
        made = (drafted(record, build, ledger, self._rejects, file) for record in records)
        return [draft for draft in made if draft is not None]

    def _settled(self, drafts: list[Draft], ledger: Ledger) -> list[Message]:
        """The drafts with their final ids, without those that were seen before."""
        keyed = [(draft, *_keys(draft)) for draft in drafts]
        self._seen.prefetch(key for _, key, _ in keyed)
        messages = []
        for draft, key, digest in keyed:
            message = self._identified(draft, key, digest, ledger)
            if message is None:
                ledger.duplicate += 1
            else:
                ledger.keep(message, draft.notes)
                messages.append(message)
        self._seen.settle()
        return messages

    def _identified(self, draft: Draft, key: bytes, digest: bytes, ledger: Ledger) -> Message | None:
        """The message under its final id, or None for one that was seen before."""
        before = self._seen.get(key)
        if not draft.has_id:
            occurrence = int.from_bytes(before, "little") if before else 0
            self._seen.put(key, (occurrence + 1).to_bytes(8, "little"))
            return msgspec.structs.replace(draft.message, id=content_id(ledger.source, digest, occurrence))
        if before is None:
            self._seen.put(key, digest[:8])
            return draft.message
        return None if before == digest[:8] else self._second(draft, digest, ledger)

    def _second(self, draft: Draft, digest: bytes, ledger: Ledger) -> Message | None:
        """A record with the id of another one, under an id from its content."""
        native = draft.message.native_id
        message = msgspec.structs.replace(draft.message, id=content_id(ledger.source, native.encode() + digest, 0))
        if self._seen.find(key := short_key(message.id)) is not None:
            return None
        self._seen.put(key, digest[:8])
        ledger.note("same id, other text")
        return message


def _keys(draft: Draft) -> tuple[bytes, bytes]:
    """The key under which a draft is remembered, and the digest of its content."""
    message = draft.message
    published = str(message.published.timestamp()) if message.published else ""
    digest = content_digest(message.text_written, message.author, published)
    return short_key(message.id if draft.has_id else f"{message.source}\x00{digest.hex()}"), digest
