"""Letters in documents: a folder of PDF, DOCX, ODT, RTF, HTML, TXT and mail files, or a single one of them.

The names of the files are kept nowhere: people save letters under the name of who wrote them. A letter is known by the
digest of its file, which `sha256sum` finds again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator

from ingest.documents import MAX_DOCUMENT_BYTES, OCR, Unreadable, document_of, kind_of
from ingest.errors import ReadError
from ingest.mail.letters import letters_of
from ingest.naming import told_name
from ingest.opening import whole
from ingest.places import Bundle, File, Opening, Place
from ingest.rows import BadRow, Record, Row, Table
from ingest.triage import is_mail, sort_of

EXAMPLE = "a folder or zip file of letters: PDF, DOCX, ODT, RTF, HTML, TXT, EML"
_ID_CHARS = 32


def recognise(file: Opening) -> float:
    """A folder of documents, less surely than a system whose pages they are; by its content, a single document."""
    if isinstance(file.place, Bundle):
        return 0.7
    try:
        if file.head.startswith(b"PK"):
            return 0.9 if sort_of(file.place) == "document" else 0.0
        kind = kind_of(file.head) if file.head else "txt"
    except ReadError:
        return 0.0
    return {"pdf": 0.9, "rtf": 0.9, "html": 0.5}.get(kind, 0.0)


def read(place: Place) -> Table:
    """Each document a letter, numbered in name order; when it was written is unknown. Mails have their own fields."""
    files = place.files if isinstance(place, Bundle) else (place,)
    counted = "a document" if len(files) == 1 else f"{len(files)} documents"
    return Table(counted, _rows(files), native=True, kind="letter")


def _rows(files: tuple[File, ...]) -> Iterator[Record]:
    seen: Counter[str] = Counter()
    for number, file in enumerate(files, 1):
        try:
            content = _content(file)
            if is_mail(content):
                yield from letters_of(number, content)
            else:
                yield _letter(number, file, content, seen)
        except Unreadable as error:
            yield BadRow(number, f"{told_name(file.name, number)}: {error.reason}", error.fix)


def _letter(number: int, file: File, content: bytes, seen: Counter[str]) -> Row:
    """The document as a letter; pages that are pictures are told of, by the name of the file where that is nobody's."""
    found = document_of(content)
    values = {"id": _id(content, seen), "text": found.text}
    if not found.scanned:
        return Row(number, values)
    part = BadRow(number, f"{told_name(file.name, number)}: {found.scanned_in_words()}", OCR)
    return Row(number, values, ("scanned pages",), (part,))


def _content(file: File) -> bytes:
    """The bytes of a document. Raises `Unreadable` without the file's name in it."""
    try:
        return whole(file, MAX_DOCUMENT_BYTES)
    except ReadError:
        limit = MAX_DOCUMENT_BYTES >> 20
        raise Unreadable(f"it cannot be opened or is larger than {limit} MB", "check the file and its rights") from None


def _id(content: bytes, seen: Counter[str]) -> str:
    """The same for the same file; equal files, as of a form letter, are told apart by their count."""
    digest = hashlib.sha256(content).hexdigest()[:_ID_CHARS]
    seen[digest] += 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
