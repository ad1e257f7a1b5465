"""A mail as a letter: the row for it, with its headers read."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import Compat32
from email.utils import parseaddr, parsedate_to_datetime

from ingest.enclosed_letters import is_letter, letter_text, read_enclosed
from ingest.mail.charsets import header_text
from ingest.mail.correspondents import without_correspondents
from ingest.mail.parts import body_of, enclosures_of, mails_in
from ingest.rows import BadRow, NotMessage, Record, Row
from ingest.text.names_in_text import without_names

LIMIT_BYTES = 64 << 20
_ADDRESS = re.compile(r"[\w.+%'-]+@[\w.-]+")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


class _RawHeaders(Compat32):
    """Headers as they stand in the file, so that their charset is judged by us."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


def letters_of(number: int, raw: bytes, delivered: datetime | None = None) -> Iterator[Record]:
    """The mail as a row, and a row for each mail attached to it. `delivered` is the time on an mbox's `From ` line."""
    try:
        mail = message_from_bytes(raw, policy=_RawHeaders())
        rows = [_row(number, mail, delivered), *(_row(number, inner, None) for inner in mails_in(mail))]
    except _BROKEN:
        yield BadRow(number, "the mail cannot be read: its parts or headers are broken", "export the mailbox again")
        return
    yield from rows


def _row(number: int, mail: Mail, delivered: datetime | None) -> Record:
    if _header(mail, "Auto-Submitted").lower() not in ("", "no") or mail.get_content_type() == "multipart/report":
        return NotMessage(number, "automatic reply")
    name, address = _sender(_header(mail, "From"))
    arrived = _moment(_header(mail, "Received").rpartition(";")[2]) or delivered
    body, enclosed = body_of(mail), read_enclosed(number, enclosures_of(mail))
    text = letter_text(body, enclosed.texts) or header_text(_header(mail, "Subject"))
    written = _moment(_header(mail, "Date"))
    return Row(
        number,
        {
            "id": _bare(_header(mail, "Message-ID")),
            "text": without_correspondents(without_names(text, name or None)),
            "author": address.lower() or name or None,
            "published": written or arrived,
            "received": arrived,
            "channel": _domain(_header(mail, "To")),
            "reply_to": _bare(_header(mail, "In-Reply-To")) or _bare(_header(mail, "References").rpartition(" ")[2]),
            "organisation": header_text(_header(mail, "Organization")) or None,
        },
        tuple(_notes(body, enclosed.texts, dated=written is not None or arrived is None)),
        enclosed.unread,
        bool(enclosed.texts),
    )


def _notes(body: str, enclosed: Sequence[str], *, dated: bool) -> Iterator[str]:
    if not dated:
        yield "date of delivery"
    if not all(enclosed):
        yield "attachment not readable"
    if any(enclosed) and is_letter(body):
        yield "annex left out"


def _header(mail: Mail, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _sender(raw: str) -> tuple[str, str]:
    """Name and address; the name is decoded after the parts are told apart, since it may hold a comma."""
    name, address = parseaddr(raw)
    if "@" not in address:
        found = _ADDRESS.search(raw)
        address = found[0] if found else ""
        name = name or raw.replace(address, "")
    return header_text(name).strip("\"' <>"), address


def _bare(message_id: str) -> str | None:
    return message_id.partition(" ")[0].strip("<>") or None


def _domain(raw: str) -> str | None:
    """Where the letter went, without the person or office before the @."""
    found = _ADDRESS.search(raw)
    return found[0].rpartition("@")[2].lower().strip(".") or None if found else None


def _moment(raw: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(raw.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
