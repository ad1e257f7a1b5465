"""The spreadsheet in which a collecting tool puts reactions from internetconsultatie.nl (ODS)."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from ingest.cells import as_text
from ingest.enclosed_letters import letter_text
from ingest.errors import ReadError
from ingest.formats import spreadsheet
from ingest.opening import whole
from ingest.places import Bundle, Opening, Place
from ingest.rows import Record, Row, Table
from ingest.systems.consultation_pages import guid_in

EXAMPLE = "an ODS sheet with the columns Plaats, Datum, url, text, attachment, text_attachment"
_LIMIT_BYTES = 256 << 20
_HEAD_BYTES = 1 << 16
_COLUMNS = ("Plaats", "Datum", "url", "text", "attachment", "text_attachment")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_BETWEEN_ANSWERS = "###"


def recognise(file: Opening) -> float:
    """By the columns at the start of the sheet; other spreadsheets than ODS are not opened."""
    if not file.head.startswith(b"PK\x03\x04") or _ODS not in file.head[:200] or isinstance(file.place, Bundle):
        return 0.0
    start = _start_of_content(file.place)
    return 0.98 if all(f">{column}</text:p>".encode() in start for column in _COLUMNS) else 0.0


def read(place: Place) -> Table:
    """Each row a letter, known to the day. The names of the senders are not in the sheet."""
    table = spreadsheet.read(place)
    return Table(
        f"collected from internetconsultatie.nl, {table.detail}",
        _rows(table.rows),
        native=True,
        kind="letter",
        zone="Europe/Amsterdam",
    )


def _rows(rows: Iterator[Record]) -> Iterator[Record]:
    for row in rows:
        yield _letter(row) if isinstance(row, Row) else row


def _letter(row: Row) -> Row:
    cells = {name: as_text(row.values.get(name)) for name in _COLUMNS}
    slug, guid = guid_in(cells["url"])
    answers = [answer for line in _answers(cells["text"]) if (answer := line.strip())]
    return Row(
        row.number,
        {
            "id": guid,
            "text": letter_text("\n\n".join(answers), [cells["text_attachment"]]),
            "published": row.values.get("Datum"),
            "language": "nl",
            "channel": slug,
        },
        enclosed=bool(cells["attachment"]),
    )


def _answers(text: str) -> list[str]:
    """The answers to the questions; a line of its own parts them."""
    answers = [""]
    for line in text.split("\n"):
        if line.strip() == _BETWEEN_ANSWERS:
            answers.append("")
        else:
            answers[-1] += line + "\n"
    return answers


def _start_of_content(place: Place) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(whole(place, _LIMIT_BYTES))) as book, book.open("content.xml") as content:
            return content.read(_HEAD_BYTES)
    except (ReadError, OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError):
        return b""
