"""The text of RTF files."""

from collections.abc import Callable

from striprtf.striprtf import rtf_to_text

from ingest.documents.unreadable import Unreadable

_CONVERTED: Callable[[str], str] = rtf_to_text


def text(content: bytes) -> str:
    """The running text. Raises `Unreadable`."""
    try:
        found = _CONVERTED(content.decode("latin-1"))
    except (ValueError, LookupError, TypeError, OverflowError):
        raise Unreadable("a damaged RTF file", "save it again as DOCX, ODT or PDF") from None
    found = "".join(char for char in found if not "\ud800" <= char <= "\udfff").strip()
    if not found:
        raise Unreadable("a document without text", "have pictures of text recognised (OCR), or leave it out")
    return found
