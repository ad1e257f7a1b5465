"""What was covered, per source, and what was not: printed in every report, carried by every alert."""

from datetime import datetime

import msgspec


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch in which a source brought nothing or was not read, and why. Times are aware UTC."""

    source: str
    start: datetime | None
    end: datetime | None
    reason: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger of one source: read = kept + rejected + duplicate + what is no message, always.

    `placeholders` are among the kept; `not_messages` counts records that are none by their kind, as likes.
    """

    source: str
    read: int
    kept: int
    rejected: int
    duplicate: int
    placeholders: tuple[tuple[str, int], ...] = ()
    not_messages: tuple[tuple[str, int], ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    gaps: tuple[Gap, ...] = ()
