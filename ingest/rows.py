"""A record as a format hands it on, before anybody asks what its columns mean."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import msgspec

Scalar = str | int | float | bool | datetime | date | None
Value = Scalar | list[Scalar]


class Row(msgspec.Struct, frozen=True, gc=False):
    """One record. `number` is where people find it: the row or line in the file, or the item of a JSON array."""

    number: int
    values: Mapping[str, Value]


class BadRow(msgspec.Struct, frozen=True):
    """A record that cannot be read: its place, why, and what to do; never its content."""

    number: int
    reason: str
    fix: str


class Table(msgspec.Struct, frozen=True):
    """An opened file: `detail` says in words how it is read; `rows` may be gone through once."""

    detail: str
    rows: Iterator[Row | BadRow]
