"""The text of letters in documents: PDF, DOCX, ODT, RTF, HTML and TXT, told apart by their content."""

from ingest.documents import plain
from ingest.documents.document import OCR, Document
from ingest.documents.kinds import Kind, kind_of
from ingest.documents.unreadable import Unreadable
from ingest.documents.worker import Worker

__all__ = ["MAX_DOCUMENT_BYTES", "OCR", "Document", "Kind", "Unreadable", "document_of", "kind_of", "text_of"]

MAX_DOCUMENT_BYTES = 64 << 20
_SECONDS = 20.0
_WORKER = Worker(_SECONDS)


def text_of(name: str, content: bytes) -> str:
    """The text layer of a document; its content decides, not its `name`. Raises `Unreadable`."""
    return document_of(content).text


def document_of(content: bytes) -> Document:
    """The text layer of a document, at most some 400,000 characters, and how much of it is pictures.

    Whatever is more than plain text is read in a process apart, in at most 20 seconds and 1.5 GB. Raises `Unreadable`,
    a `ReadError`, whose `reason` and `fix` say why there is no text, as for scanned pages; they hold neither the name
    nor anything of the content.
    """
    if len(content) > MAX_DOCUMENT_BYTES:
        raise Unreadable(f"larger than {MAX_DOCUMENT_BYTES >> 20} MB", "split it, or save its text as TXT")
    if not content.strip():
        raise Unreadable("an empty file", "fetch it again, or leave it out")
    if kind_of(content) == "txt":
        return Document(plain.text(content))
    return _WORKER.document_of(content)
