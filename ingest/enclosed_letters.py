"""The text of a letter that may stand in an attachment."""

from collections.abc import Iterable, Sequence

import msgspec

from ingest.documents import OCR, Unreadable, document_of
from ingest.naming import told_name
from ingest.rows import BadRow
from ingest.text.markup import readable
from ingest.text.placeholders import placeholder_name

_COVER_NOTE_CHARS = 400
_DOCUMENTS = (".txt", ".pdf", ".docx", ".odt", ".rtf", ".html", ".htm")  # no calendars, cards and keys


class Enclosed(msgspec.Struct, frozen=True):
    """The texts of the documents that came with a letter, "" for one that holds none, and what is not readable."""

    texts: tuple[str, ...]
    unread: tuple[BadRow, ...]


def letter_text(body: str, enclosed: Sequence[str]) -> str:
    """The body; where that is short the enclosed texts below it, and where it says no more than `see attached` alone.

    What is enclosed with a letter of its own (400 characters or more as read) is an annex, and left out.
    """
    letters = [text for text in enclosed if text.strip()]
    if not letters or is_letter(body):
        return body
    read = readable(body)
    return "\n\n".join(letters if not read or placeholder_name(read) else [read, *letters])


def is_letter(body: str) -> bool:
    """Whether the body is a letter of its own, so that what is enclosed with it is an annex."""
    return len(readable(body)) >= _COVER_NOTE_CHARS


def read_enclosed(number: int, enclosures: Iterable[tuple[str, bytes]]) -> Enclosed:
    """What the documents attached to letter `number` say, each given by name and content; other files are left out."""
    texts: list[str] = []
    unread: list[BadRow] = []
    documents = ((name, content) for name, content in enclosures if name.lower().endswith(_DOCUMENTS))
    for at, (name, content) in enumerate(documents, 1):
        told = told_name(name, at, "attachment")
        try:
            found = document_of(content)
        except Unreadable as error:
            texts.append("")
            unread.append(BadRow(number, f"{told}: {error.reason}", error.fix))
            continue
        texts.append(found.text)
        if found.scanned:
            unread.append(BadRow(number, f"{told}: {found.scanned_in_words()}", OCR))
    return Enclosed(tuple(texts), tuple(unread))
