"""A record as a format hands it on, before anybody asks what its columns mean."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import msgspec

from ingest.message import Kind

Scalar = str | int | float | bool | datetime | date | None
Value = Scalar | list[Scalar]


class Row(msgspec.Struct, frozen=True, gc=False):
    """One record. `number` is where people find it: the row or line in the file, or the item of a JSON array.

    `notes` name what a person should know of how it was read; the ledger counts them. `unread` are parts of it that
    cannot be read, such as scanned pages: they are told of among the rejects, and the record is kept. `enclosed` says
    that files came with it, so that it is no empty record where it has no text of its own.
    """

    number: int
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    unread: tuple["BadRow", ...] = ()
    enclosed: bool = False


class BadRow(msgspec.Struct, frozen=True):
    """A record, or a part of one, that cannot be read: its place, why, and what to do; never its content."""

    number: int
    reason: str
    fix: str


class NotMessage(msgspec.Struct, frozen=True):
    """A record of the export that is no message: `what` names its kind in words, as `like` or `the rule itself`."""

    number: int
    what: str


Record = Row | BadRow | NotMessage


class Table(msgspec.Struct, frozen=True):
    """An opened file: `detail` says in words how it is read; `rows` may be gone through once.

    `native` says that the columns are named after the roles, so that nothing is left to guess. `kind` is what the
    system's records are, where it is known; `zone` is that of clock times without an offset, where the system has one.
    """

    detail: str
    rows: Iterator[Record]
    native: bool = False
    kind: Kind | None = None
    zone: str | None = None
