"""What indices are called: prefix, collection, version of the mapping and, where they go by date, the period."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

from store.elasticsearch.options import Period

UNDATED = "undated"
RESERVED = ("keys", "vectors", "leases")
_FIRST_YEAR = 1990
_AHEAD = timedelta(days=366)
_UNSAFE = re.compile(r"[^a-z0-9_.-]+")
_LONGEST = 100
_VERSION = re.compile(r"-v(\d+)(?:-[^-]+)?$")
_PART = re.compile(r"(\d{4})\.(\d{2})(?:\.(\d{2}))?$")


def alias(prefix: str, collection: str) -> str:
    """The name under which all documents of a collection are read."""
    return f"{prefix}-{safe(collection)}"


def base(prefix: str, collection: str, version: int) -> str:
    """The name of a collection's index, or what the names of its parts begin with."""
    return f"{alias(prefix, collection)}-v{version}"


def special(prefix: str, kind: str, name: str = "") -> str:
    """The index of keys or vectors under a name, or that of the leases."""
    return base(prefix, f"{kind}-{name}" if name else kind, 1)


def every_key_and_vector(prefix: str) -> str:
    """All indices of keys and vectors."""
    return f"{prefix}-keys-*,{prefix}-vectors-*"


def version_of(index: str) -> int:
    """The version of the mapping in an index's name."""
    found = _VERSION.search(index)
    return int(found[1]) if found else 0


def part_of(at: datetime | None, period: Period, now: datetime) -> str:
    """The part that a document of this date stands in; one for all dates that are absent or absurd."""
    if at is None:
        return UNDATED
    try:
        moment = at.astimezone(UTC)
    except OverflowError:
        return UNDATED
    if moment.year < _FIRST_YEAR or moment > now + _AHEAD:
        return UNDATED
    return moment.strftime("%Y.%m.%d" if period == "day" else "%Y.%m")


def end_of(index: str) -> datetime | None:
    """The moment at which the period in an index's name is over; None for one without a period."""
    found = _PART.search(index)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2]), found[3]
    if day is not None:
        return datetime(year, month, int(day), tzinfo=UTC) + timedelta(days=1)
    return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)


def safe(name: str) -> str:
    """The name in letters that an index may have; two names stay two."""
    if not _UNSAFE.search(name) and len(name) <= _LONGEST and name:
        return name
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{_UNSAFE.sub('_', name.lower())[:_LONGEST]}-{digest}"
