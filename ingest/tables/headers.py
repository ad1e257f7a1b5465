"""Where a table's header stands: below titles, export notes and blank lines, or nowhere."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from ingest.roles import is_usual_name
from ingest.tables.columns import is_value, looks_like_header, unique_names

SEARCH_ROWS = 30
_WIDE_ENOUGH = 0.6
_SAME_MAKE = 0.8
_LEAST_ROWS_SHORTER = 3
Cells = Sequence[str]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The names of the columns. `at` is the position of the header row, None where there is none.

    `first` is the position of the first row of values. `width` is how many fields most of those rows have: it differs
    from the number of names where rows leave out their last, empty fields.
    """

    names: tuple[str, ...]
    at: int | None
    first: int
    width: int

    def in_words(self, number: int) -> str:
        """For people; `number` is where the header row stands in the file."""
        if self.at is None:
            return "no header: columns are numbered"
        return f"header on row {number}" if self.at else ""


def header_in(rows: Sequence[Cells]) -> Header:
    """The header among the first rows; blank rows are empty or hold empty cells only. At least one must be filled."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    at = _position(rows, filled)
    body = [row for row, count in zip(rows[at + 1 :], filled[at + 1 :], strict=True) if count]
    if not _names_columns(rows[at], body):
        body = [rows[at], *body]
        width = _usual_width(body)
        return Header(names=tuple(unique_names([""] * width)), at=None, first=at, width=width)
    width = _usual_width(body) if body else len(rows[at])
    return Header(names=tuple(unique_names(_aligned(rows[at], body, width))), at=at, first=at + 1, width=width)


def says_something(row: Cells) -> bool:
    """Whether any cell of the row holds more than blanks."""
    return any(cell.strip() for cell in row)


def usual_names(cells: Cells) -> int:
    """How many of these cells are names that exports usually give to a column."""
    return sum(is_usual_name(cell) for cell in cells)


def _position(rows: Sequence[Cells], filled: Sequence[int]) -> int:
    """The first row about as wide as the table; a later one if only that has usual names or follows a blank row."""
    width = _usual_width([row for row, count in zip(rows, filled, strict=True) if count])
    widest = max(count for row, count in zip(rows, filled, strict=True) if len(row) == width)
    wide = [at for at, count in enumerate(filled[:SEARCH_ROWS]) if count and count >= _WIDE_ENOUGH * widest]
    first = wide[0] if wide else next(at for at, count in enumerate(filled) if count)
    known = [usual_names(rows[at]) for at in wide]
    if known and known[0] == 0 and max(known):
        return wide[known.index(max(known))]
    below = (at for at in wide if filled[at] > filled[first] and 0 in filled[first:at] and looks_like_header(rows[at]))
    return first if known and known[0] else next(below, first)


def _usual_width(rows: Sequence[Cells]) -> int:
    """The number of fields that most rows have; the larger of two that are as frequent."""
    return max(Counter(map(len, rows)).items(), key=lambda item: item[::-1])[0]


def _names_columns(cells: Cells, body: Sequence[Cells]) -> bool:
    """Whether the row is a header rather than values: a number above a column of numbers is a value."""
    if not looks_like_header(cells):
        return False
    if usual_names(cells):
        return True
    return not any(is_value(cell) and _all_values(body, at) for at, cell in enumerate(cells))


def _all_values(body: Sequence[Cells], at: int) -> bool:
    below = [row[at] for row in body if at < len(row) and row[at].strip()]
    return bool(below) and sum(map(is_value, below)) >= _SAME_MAKE * len(below)


def _aligned(cells: Cells, body: Sequence[Cells], width: int) -> list[str]:
    """The header with a name for the row numbers that R writes without one, and without fields that no row has."""
    names = list(cells)
    spare = [row[-1].strip() for row in body if len(row) == width]
    if width == len(names) + 1 and len(names) > 1 and len(spare) >= _SAME_MAKE * len(body) and any(spare):
        return ["", *names]
    while len(names) > width and len(body) >= _LEAST_ROWS_SHORTER and not names[-1].strip():
        names.pop()
    return names
