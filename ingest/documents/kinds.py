"""What a document is, by its content: the ending of its name decides nothing."""

import io
import re
import zipfile
from typing import Literal

from ingest.documents.unreadable import Unreadable

Kind = Literal["docx", "html", "odt", "pdf", "rtf", "txt"]
_HEAD_BYTES = 1024
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x00\x0cjP")
_OLE = b"\xd0\xcf\x11\xe0"
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|p|div|table|h[1-6]|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_SAVE_AS = "save it as PDF with text, DOCX, ODT or TXT"


def kind_of(content: bytes) -> Kind:
    """The kind of document that begins like this. Raises `Unreadable` for what is none, saying what it is instead."""
    head = content[:_HEAD_BYTES]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK"):
        return _in_zip(content)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PICTURES):
        raise Unreadable("a picture, without text", "have its text recognised (OCR) and save that as PDF or TXT")
    if head.startswith(_OLE):
        raise Unreadable("a file of an old office program", _SAVE_AS)
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if is_text(content):
        return "txt"
    raise Unreadable("no document of a known kind", _SAVE_AS)


def is_text(content: bytes) -> bool:
    """Whether the bytes can be text: hardly a control character, or UTF-16."""
    head = content[: 64 * _HEAD_BYTES]
    if not head or utf16_of(head):
        return bool(head)
    return len(head) - len(head.translate(None, _CONTROL)) <= len(head) // 500


def utf16_of(head: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """The byte order of UTF-16 that a mark or the place of the NUL bytes betrays."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and even <= odd // 10:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 5 and odd <= even // 10 else None


def _in_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        raise Unreadable("a damaged file", "fetch it again, or save it again as DOCX or PDF") from None
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return "docx"
    if "content.xml" in names and not any(name.startswith("xl/") for name in names):
        return "odt"
    raise Unreadable("no text document, though packed like one", _SAVE_AS)
