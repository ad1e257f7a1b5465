"""The log of decisions: append-only JSON lines, each bound to the line before by its SHA-256.

A changed, removed or inserted line breaks the chain from there on. A cut-off end does not show in the chain itself:
keep the `head` that `verify` returns elsewhere (a report prints it) and compare.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from alerts.locking import locked
from alerts.review import Action

FIRST = "0" * 64


class ReviewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what on which alert, when and why; of a reply, `reason` is what it says.

    `before` is the SHA-256 of the line before; `append` sets it.
    """

    alert_id: str
    action: Action
    by: str
    at: datetime
    reason: str | None = None
    before: str = FIRST


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """How far the log holds: good `entries`, the SHA-256 of the last good line, and where and why it breaks, if so."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str | None = None

    @property
    def whole(self) -> bool:
        """Whether the chain holds to the last line."""
        return self.broken_at is None


def append(path: Path, entry: ReviewEntry) -> ReviewEntry:
    """Write the entry as the last line, on disk when this returns; the entry as written.

    A last line without its line end was never finished, so nobody was told that it stands: it is replaced.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as log, locked(log):
        end, last = _last_line(log)
        log.truncate(end)
        written = msgspec.structs.replace(entry, before=_digest(last) if last else FIRST)
        log.write(msgspec.json.encode(written) + b"\n")
        log.flush()
        os.fsync(log.fileno())
    return written


def read(path: Path) -> tuple[ReviewEntry, ...]:
    """The entries, oldest first; ValueError names the line that is none."""
    entries = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            entries.append(msgspec.json.decode(line, type=ReviewEntry))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise ValueError(f"{path.name}, line {number} is no entry of the log; restore it from a copy") from None
    return tuple(entries)


def verify(path: Path) -> Chain:
    """Whether every line is bound to the one before; the first line that is not, and why."""
    head = FIRST
    number = 0
    for number, line in enumerate(_lines(path), start=1):
        try:
            entry = msgspec.json.decode(line, type=ReviewEntry)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Chain(entries=number - 1, head=head, broken_at=number, why="it is no entry of the review log")
        if entry.before != head:
            why = "the line before it is not the one it was written after"
            return Chain(entries=number - 1, head=head, broken_at=number, why=why)
        head = _digest(line)
    return Chain(entries=number, head=head)


def _lines(path: Path) -> Iterator[bytes]:
    """The finished lines, without their line ends."""
    if not path.exists():
        return
    with path.open("rb") as log:
        for line in log:
            if line.endswith(b"\n"):
                yield line[:-1]


def _last_line(log: BinaryIO) -> tuple[int, bytes]:
    """Where the last finished line ends, and that line."""
    log.seek(0)
    finished = log.read().rpartition(b"\n")
    body = finished[0]
    return (len(body) + 1, body.rpartition(b"\n")[2]) if finished[1] else (0, b"")


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
