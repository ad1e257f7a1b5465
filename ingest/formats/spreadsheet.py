"""Spreadsheets: XLSX, ODS and their older kin, read by calamine."""

import itertools
from collections.abc import Iterator
from datetime import date, datetime

import msgspec
from python_calamine import CalamineSheet

from ingest.errors import ReadError
from ingest.large_numbers import LARGEST_EXACT
from ingest.places import Opening, Place
from ingest.rows import BadRow, Row, Scalar, Table
from ingest.tables.headers import Header, header_in, says_something
from ingest.tables.sheets import rows_of, sheets_of

EXAMPLE = "the fullest sheet of an XLSX, ODS or XLS file; its first wide row names the columns"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HEADER_SEARCH_ROWS = 100


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
    """The sheet with the most cells, and those with the same header after it; titles above the header are left out.

    Formulas count as the values that were saved with them. A cell merged over several rows holds for each of them.
    """
    sheets = sheets_of(place)
    filled = [(sheet, header) for sheet in sheets if (header := _header(sheet)) is not None]
    if not filled:
        raise ReadError(f"{place.name} holds no filled sheet; check the export")
    main, header = max(filled, key=lambda pair: pair[0].height * pair[0].width)
    alike = [(sheet, found) for sheet, found in filled if found.names == header.names]
    rows = itertools.chain.from_iterable(_rows(sheet, found) for sheet, found in alike)
    return Table(_in_words(main, header, [sheet for sheet, _ in alike], [sheet for sheet, _ in filled]), rows)


def _in_words(main: CalamineSheet, header: Header, read: list[CalamineSheet], filled: list[CalamineSheet]) -> str:
    names = [sheet.name for sheet in read]
    left = [sheet.name for sheet in filled if sheet.name not in names]
    words = [
        f"sheet{'s' if len(names) > 1 else ''} {', '.join(map(repr, names))}",
        header.in_words((header.at or 0) + 1),
        f"not read: {', '.join(map(repr, left))}" if left else "",
    ]
    return ", ".join(filter(None, words))


def _header(sheet: CalamineSheet) -> Header | None:
    """The header among the first filled rows, its positions counted in the sheet; None for an empty sheet."""
    rows = ([_named(cell) for cell in row or ()] for row in rows_of(sheet))
    blank, first = next(((at, row) for at, row in enumerate(rows) if says_something(row)), (0, None))
    if first is None:
        return None
    found = header_in([first, *itertools.islice(rows, _HEADER_SEARCH_ROWS)])
    at = None if found.at is None else found.at + blank
    return msgspec.structs.replace(found, at=at, first=found.first + blank)


def _rows(sheet: CalamineSheet, header: Header) -> Iterator[Row | BadRow]:
    merged = _merged_downwards(sheet)
    held: dict[int, tuple[int, Scalar]] = {}
    for at, row in enumerate(itertools.islice(rows_of(sheet), header.first, None), header.first):
        if row is None:
            yield BadRow(at + 1, "the row holds a date that no calendar has", "correct its dates in the workbook")
            continue
        cells = list(map(_value, row))
        if at in merged:
            held.update({column: (last, cells[column]) for column, last in merged[at] if column < len(cells)})
        if held:
            held = {column: (last, value) for column, (last, value) in held.items() if last >= at}
            for column, (_, value) in held.items():
                cells[column] = value
        if any(cell is not None and cell != "" for cell in cells):
            yield Row(at + 1, dict(zip(header.names, cells, strict=False)))


def _merged_downwards(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """For each row in which cells merged over several rows begin: their columns and last rows."""
    merged: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            merged.setdefault(top, []).append((left, bottom))
    return merged


def _named(cell: object) -> str:
    value = _value(cell)
    return "" if value is None else str(value)


def _value(cell: object) -> Scalar:
    """Whole numbers as integers: a spreadsheet keeps every number as a float. One too large for that stays a float."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) <= LARGEST_EXACT else cell
    if isinstance(cell, int | datetime | date) or cell is None:
        return cell
    return str(cell)
