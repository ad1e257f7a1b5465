"""The sheets of a workbook and their rows of cells, whatever is wrong with the workbook."""

import io
from collections.abc import Iterator, Mapping

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ingest.errors import ReadError
from ingest.opening import whole
from ingest.places import Place
from ingest.tables.workbook_trial import Outcome, tried
from ingest.tables.workbooks import check_workbook

_LIMIT_BYTES = 512 << 20
_REFUSED: Mapping[Outcome, str] = {
    "too large": "takes more than 4 GB of memory to open",
    "too slow": "takes far longer to open than its size lets expect",
}
_OURS = (Exception, KeyboardInterrupt, SystemExit)


def sheets_of(place: Place) -> list[CalamineSheet]:
    """All sheets in their order. Raises `ReadError` for what is no workbook, is locked or would take too much room."""
    content = whole(place, _LIMIT_BYTES)
    check_workbook(content, place.name)
    if (outcome := tried(content)) in _REFUSED:
        raise ReadError(f"{place.name} {_REFUSED[outcome]}; save it as CSV, or only the sheet that holds the messages")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [book.get_sheet_by_name(name) for name in book.sheet_names]
    except BaseException as error:
        if isinstance(error, _OURS) and not isinstance(error, CalamineError | OSError | ValueError):
            raise
        raise ReadError(
            f"{place.name} cannot be read as a spreadsheet; save it again as XLSX, ODS or CSV, without a password"
        ) from None


def rows_of(sheet: CalamineSheet) -> Iterator[list[object] | None]:
    """The cells row by row from the first row of the sheet; None for a row with a date that no calendar has.

    On such a date the reader panics, which reaches Python as a `BaseException` of no class that can be named.
    """
    rows = iter(sheet.iter_rows())
    while True:
        try:
            cells: list[object] | None = list(next(rows))
        except StopIteration:
            return
        except BaseException as error:
            if isinstance(error, _OURS):
                raise
            cells = None
        yield cells
