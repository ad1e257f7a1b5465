"""A mail saved as a file, or a folder of them."""

import re
from collections.abc import Iterator

from ingest.errors import ReadError
from ingest.mail.letters import LIMIT_BYTES, letters_of
from ingest.opening import whole
from ingest.places import Bundle, Opening, Place
from ingest.rows import BadRow, Record, Table

EXAMPLE = "From: Sender <sender@example.org> / To: … / Subject: … / Date: Tue, 18 Mar 2025 10:05:09 +0100"
_HEADER = re.compile(rb"([!-9;-~]{1,76}):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_USUAL = frozenset(
    b"from to subject date message-id received return-path mime-version content-type delivered-to reply-to".split()
)


def recognise(file: Opening) -> float:
    """By headers that only mails have; of a folder by those of every file in it."""
    if file.parts:
        return 0.97 if all(recognise(part) for part in file.parts) else 0.0
    found, at = set(), 0
    while match := _HEADER.match(file.head, at):
        found.add(match[1].lower())
        at = match.end()
    ended = at == len(file.head) or file.head.startswith((b"\n", b"\r\n"), at)
    sent = b"from" in found or b"received" in found
    return 0.97 if ended and sent and len(found & _USUAL) >= 3 else 0.0


def read(place: Place) -> Table:
    """Each mail a letter, and each mail attached to one."""
    files = place.files if isinstance(place, Bundle) else (place,)
    if not isinstance(place, Bundle):
        whole(place, LIMIT_BYTES)  # one file that cannot be read is nothing that can be read
    return Table("mail" if len(files) == 1 else f"{len(files)} mails", _rows(files), native=True, kind="letter")


def _rows(files: tuple[Place, ...]) -> Iterator[Record]:
    for number, file in enumerate(files, 1):
        try:
            content = whole(file, LIMIT_BYTES)
        except ReadError:
            yield BadRow(number, f"the mail cannot be opened or is larger than {LIMIT_BYTES >> 20} MB", "save it again")
            continue
        yield from letters_of(number, content)
