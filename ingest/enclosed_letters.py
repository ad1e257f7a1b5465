"""The text of a letter that may stand in an attachment."""

from collections.abc import Iterable, Sequence

from ingest.documents import text_of
from ingest.errors import ReadError
from ingest.markup import readable
from ingest.placeholders import placeholder_name

_COVER_NOTE_CHARS = 400
_DOCUMENTS = (".txt", ".pdf", ".docx", ".odt", ".rtf", ".html", ".htm")  # no calendars, cards and keys


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


def enclosed_texts(enclosures: Iterable[tuple[str, bytes]]) -> list[str]:
    """The text of each attached document, given by name and content; "" for one that holds none that can be read."""
    return [_text(name, content) for name, content in enclosures if name.lower().endswith(_DOCUMENTS)]


def _text(name: str, content: bytes) -> str:
    try:
        return text_of(name, content)
    except ReadError:
        return ""
