"""A mailbox file: mails one after another, each under a line that begins with `From `."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from ingest.mail.letters import LIMIT_BYTES, letters_of
from ingest.opening import ByteSource, byte_lines
from ingest.places import Opening, Place
from ingest.rows import BadRow, Record, Table

EXAMPLE = "From sender@example.org Tue Mar 18 09:05:11 2025"
_POSTMARK = re.compile(
    rb"From \S.*? (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(\d{1,2})"
    rb" +(\d{2}:\d{2})(:\d{2})? (?:[+-]\d{4} |[A-Z]{2,5} )?(\d{4})"
)
_ESCAPED = re.compile(rb">+From ")


def recognise(file: Opening) -> float:
    """By the line above the first mail."""
    return 0.99 if _POSTMARK.match(file.head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")) else 0.0


def read(place: Place) -> Table:
    """Each mail a letter. Without a date of its own it has that of the line above it, in UTC."""
    return Table("mailbox (mbox)", _rows(ByteSource(place)), native=True, kind="letter")


def _rows(source: ByteSource) -> Iterator[Record]:
    number = 0
    for number, (postmark, mail) in enumerate(_mails(source), 1):
        if mail is None:
            yield BadRow(number, f"the mail is larger than {LIMIT_BYTES >> 20} MB", "save it apart, without its files")
        else:
            yield from letters_of(number, mail, _delivered(postmark))
    if source.broken:
        yield BadRow(number + 1, source.broken, "fetch the file again; the mails before this place were read")


def _mails(source: ByteSource) -> Iterator[tuple[bytes, bytes | None]]:
    """The line above each mail, and the mail; None for one too large to hold."""
    postmark, lines, size, after_blank = b"", list[bytes](), 0, True
    for line in byte_lines(source):
        if line is not None and after_blank and _POSTMARK.match(line):
            if postmark:
                yield postmark, b"".join(lines) if size <= LIMIT_BYTES else None
            postmark, lines, size = line, [], 0
            continue
        size += len(line) if line is not None else LIMIT_BYTES + 1
        if size <= LIMIT_BYTES and line is not None:
            lines.append(line[1:] if _ESCAPED.match(line) else line)
        else:
            lines.clear()
        after_blank = line is not None and not line.strip()
    if postmark:
        yield postmark, b"".join(lines) if size <= LIMIT_BYTES else None


def _delivered(postmark: bytes) -> datetime | None:
    match = _POSTMARK.match(postmark)
    if match is None:
        return None
    month, day, clock, second, year = (part.decode() for part in match.groups(b":00"))
    try:
        return datetime.strptime(f"{day} {month} {year} {clock}{second}", "%d %b %Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
