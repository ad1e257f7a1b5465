"""The results of an EUSurvey questionnaire as a workbook (XLSX, XLS), in whichever language its interface was."""

import io
import itertools
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime

from python_calamine import CalamineSheet

from ingest.errors import ReadError
from ingest.opening import whole
from ingest.places import Bundle, Opening, Place
from ingest.rows import Record, Row, Table
from ingest.systems.survey_columns import Cells, SurveyColumns, survey_columns
from ingest.tables.sheets import rows_of, sheets_of

EXAMPLE = (
    "Alias | SeedPack2025, then Export Date, an empty row, and the questions on row 4, with Languages as last column"
)
_LIMIT_BYTES = 512 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LEAST_ROWS = 3
_PEEKED = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
_PEEKED_BYTES = 8192
_CELL_LIMIT_CHARS = 32767
_WITHHELD = "Anonymous"
_ABOVE = ("Alias", "Export Date")


def recognise(file: Opening) -> float:
    """By the cells above the questions; a workbook without the words for it is not opened."""
    if isinstance(file.place, Bundle) or not _has_words(file):
        return 0.0
    try:
        sheets = sheets_of(file.place)
    except ReadError:
        return 0.0
    return 0.98 if sheets and _begins_like_results(sheets[0]) else 0.0


def _has_words(file: Opening) -> bool:
    if file.head.startswith(_OLE):
        return b"Export Date" in file.head and b"Alias" in file.head
    if not file.head.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(whole(file.place, _LIMIT_BYTES))) as book:
            start = b"".join(_start(book, part) for part in _PEEKED if part in book.namelist())
    except (
        ReadError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        return False
    return b">Alias<" in start and b">Export Date<" in start


def _begins_like_results(sheet: CalamineSheet) -> bool:
    """The alias of the survey, which is one word, then the moment of the export, each alone; below them the questions.

    Older versions leave no empty row above the questions.
    """
    rows = [row or [] for row in itertools.islice(rows_of(sheet), 4)]
    if len(rows) < _LEAST_ROWS:
        return False
    alias, exported = ([cell for cell in row if cell != ""] for row in rows[:2])
    header = next((row for row in rows[2:] if any(cell != "" for cell in row)), [])
    return (
        [*map(type, alias), *map(type, exported)] == [str, str, str, datetime]
        and (alias[0], exported[0]) == _ABOVE
        and len(str(alias[1]).split()) == 1
        and bool(header)
        and all(isinstance(cell, str) for cell in header)
    )


def _start(book: zipfile.ZipFile, part: str) -> bytes:
    with book.open(part) as file:
        return file.read(_PEEKED_BYTES)


def read(place: Place) -> Table:
    """Each contribution a row: what was written in answer to the open questions, with an empty line between.

    Multiple choice, ratings, file names and questions about the sender are no text. Times are those of Brussels.
    """
    found = [[row or [] for row in rows_of(sheet)] for sheet in sheets_of(place)]
    sheets = [sheet for sheet in found if len(sheet) > _LEAST_ROWS]
    joined = _side_by_side([sheet for sheet in sheets if sheet[0][:1] == ["Alias"]])
    at = _header_at(joined)
    if at is None:
        raise ReadError(f"{place.name} holds no contributions; export the results with their content")
    header = [str(cell) for cell in joined[at]]
    columns = survey_columns(header, joined[at + 1 :])
    detail = f"results of EUSurvey, {len(columns.answers)} of {len(header)} columns as text"
    rows = _rows(_whole_answers(joined, at + 1), columns, " ".join(map(str, joined[0][1:2])) or None)
    return Table(detail, rows, native=True, kind="letter", zone="Europe/Brussels")


def _header_at(rows: list[list[object]]) -> int | None:
    """The row of the questions, the first filled one below the date; None where nothing stands below it."""
    at = next((at for at, row in enumerate(rows[2:], 2) if any(cell != "" for cell in row)), len(rows))
    return at if at + 1 < len(rows) else None


def _side_by_side(sheets: list[list[list[object]]]) -> list[list[object]]:
    """The rows over all sheets: after every 254 columns EUSurvey begins a new one."""
    widths = [max(map(len, sheet)) for sheet in sheets]
    height = max(map(len, sheets), default=0)
    joined: list[list[object]] = [[] for _ in range(height)]
    for sheet, width in zip(sheets, widths, strict=True):
        for at, row in enumerate(joined):
            cells = sheet[at] if at < len(sheet) else []
            row += [*cells, *[""] * (width - len(cells))]
    return joined


def _whole_answers(rows: list[list[object]], first: int) -> Iterator[tuple[int, list[object]]]:
    """The contributions and the rows they begin on; what does not fit a cell stands in the row below, else empty."""
    held: list[object] | None = None
    number = 0
    for at, row in enumerate(rows[first:], first + 1):
        if held is not None and (longer := _continued(held, row)):
            held = longer
            continue
        if held is not None:
            yield number, held
        held, number = (row, at) if any(cell != "" for cell in row) else (None, at)
    if held is not None:
        yield number, held


def _continued(before: list[object], row: list[object]) -> list[object] | None:
    """The contribution with what this row adds to its full cells, in the same column or the next; None if it is new."""
    longer = list(before)
    filled = [at for at, cell in enumerate(row) if cell != ""]
    for at in filled:
        to = next((to for to in (at, at - 1) if to >= 0 and _is_full(longer[to])), None)
        if to is None:
            return None
        longer[to] = f"{longer[to]}{row[at]}"
    return longer if filled else None


def _is_full(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell) and len(cell) % _CELL_LIMIT_CHARS == 0


def _rows(found: Iterator[tuple[int, Cells]], columns: SurveyColumns, alias: str | None) -> Iterator[Record]:
    for number, cells in found:
        created = cells[columns.created] if columns.created is not None else None
        organisation = _told(cells, columns.organisation)
        name = " ".join(filter(None, (_told(cells, at) for at in columns.names)))
        answers = (_told(cells, at) for at in columns.answers)
        yield Row(
            number,
            {
                "id": _told(cells, columns.contribution),
                "text": "\n\n".join(filter(None, answers)),
                "author": name or _told(cells, columns.user) or organisation,
                "published": created if isinstance(created, datetime) else None,
                "language": _told(cells, columns.language),
                "channel": alias,
                "organisation": organisation,
            },
            enclosed=any(_told(cells, at) for at in columns.files),
        )


def _told(cells: Cells, at: int | None) -> str | None:
    """What the cell holds, unless that is withheld."""
    text = str(cells[at]).strip() if at is not None and isinstance(cells[at], str) else ""
    return text if text and text != _WITHHELD else None
