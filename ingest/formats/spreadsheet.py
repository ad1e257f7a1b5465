"""Spreadsheets: XLSX, ODS and their older kin, read by calamine."""

import io
from collections.abc import Iterator
from datetime import date, datetime

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ingest.columns import unique_names
from ingest.errors import ReadError
from ingest.opening import whole
from ingest.places import Opening, Place
from ingest.rows import BadRow, Row, Scalar, Table

EXAMPLE = "the fullest sheet of an XLSX, ODS or XLS file; its first wide row names the columns"
_LIMIT_BYTES = 512 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HEADER_SEARCH_ROWS = 15
Cells = list[object]


def recognise(file: Opening) -> float:
    """By the container: a zip file or an OLE file, and a name or content that says spreadsheet."""
    if not file.head.startswith((_ZIP, _OLE)):
        return 0.0
    if file.name.endswith((".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")):
        return 0.95
    return (
        0.7
        if b"opendocument.spreadsheet" in file.head or b"xl/" in file.head or b"[Content_Types].xml" in file.head
        else 0.0
    )


def read(place: Place) -> Table:
    """The sheet with the most cells; the header is its first row that is about as wide as the sheet."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(whole(place, _LIMIT_BYTES))) as book:
            sheets = [_sheet(book, name) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError):
        raise ReadError(f"{place.name} cannot be read as a spreadsheet; save it again as XLSX, ODS or CSV") from None
    name, cells = max(sheets, key=lambda sheet: sum(map(len, sheet[1])), default=("", []))
    if not cells:
        raise ReadError(f"{place.name} holds no filled sheet; check the export")
    return Table(f"sheet {name!r}", _rows(cells))


def _sheet(book: CalamineWorkbook, name: str) -> tuple[str, list[Cells]]:
    sheet: CalamineSheet = book.get_sheet_by_name(name)
    return name, [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _rows(cells: list[Cells]) -> Iterator[Row | BadRow]:
    header = _header_row(cells)
    columns = unique_names([_named(cell) for cell in cells[header]])
    for number, row in enumerate(cells[header + 1 :], header + 2):
        values = dict(zip(columns, map(_value, row), strict=False))
        if any(value not in (None, "") for value in values.values()):
            yield Row(number, values)


def _header_row(cells: list[Cells]) -> int:
    widths = [sum(cell not in ("", None) for cell in row) for row in cells[:_HEADER_SEARCH_ROWS]]
    return next(at for at, width in enumerate(widths) if width >= 0.6 * max(widths))


def _named(cell: object) -> str:
    value = _value(cell)
    return "" if value is None else str(value)


def _value(cell: object) -> Scalar:
    """Whole numbers as integers: a spreadsheet keeps every number as a float."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str | int | float | datetime | date) or cell is None:
        return cell
    return str(cell)
