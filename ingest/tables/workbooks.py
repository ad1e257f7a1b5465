"""How large a workbook would become in memory, told from its parts before a reader lays out every cell of it.

A reader lays out the whole rectangle between the first and the last filled cell, so that a file of a few hundred bytes
with one cell in the far corner asks for more memory than there is.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from ingest.errors import ReadError

MAX_CELLS = 40_000_000
_MAX_UNPACKED_BYTES = 2 << 30
_CHUNK_BYTES = 4 << 20
_LONGEST_TAG_BYTES = 1 << 16
_CELL = re.compile(
    rb"<(?:\w+:)?c(?:\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,10})[\"'][^>]*|\s[^>]*)?(?<!/)>",
)
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,10})[\"'][^>]*(?<!/)>")
_ODS_TOKEN = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
_ODS_REPEAT = re.compile(rb"repeated\s*=\s*[\"'](\d{1,10})[\"']")
_CURE = "export it as CSV"


def check_workbook(content: bytes, name: str) -> None:
    """Raises `ReadError` for a zipped workbook that is damaged or would take too much room; others pass unseen."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [part for part in book.infolist() if part.filename.lower().endswith((".xml", ".rels", ".bin"))]
            if sum(part.file_size for part in parts) > _MAX_UNPACKED_BYTES:
                raise ReadError(f"{name} unpacks to more than {_MAX_UNPACKED_BYTES >> 30} GB; {_CURE}")
            if any("xl/worksheets/" in part.filename and part.filename.endswith(".bin") for part in parts):
                raise ReadError(f"{name} is an XLSB workbook, which does not tell its size; save it as XLSX or CSV")
            cells = sum(_cells(book, part) for part in parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise ReadError(f"{name} is damaged or locked with a password; save it again as XLSX, ODS or CSV") from None
    if cells > MAX_CELLS:
        raise ReadError(f"{name} spans {cells:,} cells, most of them empty or copies; {_CURE}")


def _cells(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The cells that this part would become; reading it to its end also checks its sum."""
    path = part.filename.lower()
    with book.open(part) as file:
        chunks = _whole_tags(iter(lambda: file.read(_CHUNK_BYTES), b""))
        if "xl/worksheets/" in path and path.endswith(".xml"):
            return _xlsx_cells(chunks)
        if path == "content.xml":
            return _ods_cells(chunks)
        for _ in chunks:
            continue
    return 0


def _whole_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces cut before a tag that is not whole."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        cut = piece.rfind(b"<")
        rest = piece[cut:] if cut >= 0 and len(piece) - cut < _LONGEST_TAG_BYTES else b""
        yield piece[: len(piece) - len(rest)]
    yield rest


def _xlsx_cells(chunks: Iterator[bytes]) -> int:
    """The rectangle from the first filled cell to the last; cells without a reference stand one after another."""
    rows: set[int] = set()
    columns: set[bytes] = set()
    widest = 0
    for chunk in chunks:
        found = _CELL.findall(chunk)
        rows.update(_ends({int(row) for letters, row in found if letters}))
        columns.update({letters for letters, _ in found if letters})
        if any(not letters for letters, _ in found):
            rows.update({0, len(found)}, _ends(set(map(int, _ROW.findall(chunk)))))
            widest = max(widest, *(piece.count(b"<c") for piece in chunk.split(b"<row")))
        rows = _ends(rows)
    places = [_column(letters) for letters in columns] or [0]
    return (max(rows) - min(rows) + 1) * max(max(places) - min(places) + 1, widest) if rows else 0


def _ends(numbers: set[int]) -> set[int]:
    return {min(numbers), max(numbers)} if numbers else numbers


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _ods_cells(chunks: Iterator[bytes]) -> int:
    """For each table its rows down to the last filled one times its columns up to the last filled one."""
    total = row = column = height = width = 0
    for chunk in chunks:
        for kind, attributes in _ODS_TOKEN.findall(chunk):
            found = _ODS_REPEAT.search(attributes)
            times = int(found[1]) if found else 1
            if kind == b"table":
                total, row, column, height, width = total + height * width, 0, 0, 0, 0
            elif kind == b"table-row":
                row, column = row + times, 0
            else:
                column += times
                if not attributes.endswith(b"/") or b"value" in attributes:
                    height, width = max(height, row), max(width, column)
    return total + height * width
