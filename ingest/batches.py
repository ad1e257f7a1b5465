"""What a source brings: a batch at a time, each of which is either safe as a whole or comes again."""

import msgspec

from ingest.coverage import Coverage
from ingest.envelopes import Deletion
from ingest.message import Message
from ingest.rejects import Reject


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Records in the order in which the source told them, the account of them, and where to go on after them.

    `coverage` is that since the last cursor, gaps included, and `by_week` the same without them: what was published in
    different weeks apart, what has no time by itself, a file as a whole. `rejects` and `notes` say what was not read
    and what a person should know. `cursor` is to be kept once the records are on the log; without one this is a part of
    something larger, such as a file, that begins anew where it is cut short: then nothing is to be kept yet.
    """

    records: tuple[Message | Deletion, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    by_week: tuple[Coverage, ...] = ()
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()
    cursor: str | None = None

    @property
    def messages(self) -> list[Message]:
        """The messages among the records."""
        return [record for record in self.records if isinstance(record, Message)]

    @property
    def deletions(self) -> list[Deletion]:
        """The deletions among the records."""
        return [record for record in self.records if isinstance(record, Deletion)]
