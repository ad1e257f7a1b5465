"""What was covered, per source, and what was not: printed in every report, carried by every alert."""

from collections import Counter
from datetime import datetime

import msgspec


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch in which a source brought nothing or was not read, and why. Times are aware UTC."""

    source: str
    start: datetime | None
    end: datetime | None
    reason: str

    def within(self, start: datetime, end: datetime) -> "Gap | None":
        """The part of it that lies in [start, end), where there is one."""
        first = start if self.start is None else max(start, self.start)
        last = end if self.end is None else min(end, self.end)
        return Gap(source=self.source, start=first, end=last, reason=self.reason) if first < last else None


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

    def reaches(self, start: datetime, end: datetime) -> bool:
        """Whether what it counts may have been published in [start, end); one without times never."""
        return self.first is not None and self.last is not None and self.first < end and self.last >= start

    def plus(self, other: "Coverage") -> "Coverage":
        """This ledger and a later one of the same source as one; of the gaps each once."""
        return Coverage(
            source=self.source,
            read=self.read + other.read,
            kept=self.kept + other.kept,
            rejected=self.rejected + other.rejected,
            duplicate=self.duplicate + other.duplicate,
            placeholders=_added(self.placeholders, other.placeholders),
            not_messages=_added(self.not_messages, other.not_messages),
            first=min((moment for moment in (self.first, other.first) if moment), default=None),
            last=max((moment for moment in (self.last, other.last) if moment), default=None),
            gaps=tuple(dict.fromkeys((*self.gaps, *other.gaps))),
        )


def _added(one: tuple[tuple[str, int], ...], other: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    counts = Counter(dict(one))
    counts.update(dict(other))
    return tuple(sorted(counts.items()))
