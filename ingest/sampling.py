"""A sample of a file's rows, enough to judge what its columns hold."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from ingest.rows import BadRow, Record, Row, Table, Value

_SAMPLE_ROWS = 2000
_SAMPLE_CELLS = 400_000
_LEAST_ROWS = 20
_COUNTED_ROWS = 200_000
_CLIP_CHARS = 1500
_CLIP_ITEMS = 50
_MOST_COLUMNS = 20_000


class Sample:
    """Rows spread over the file, its columns in order, and how many rows there are (None beyond 200,000)."""

    def __init__(self, table: Table) -> None:
        self.detail = table.detail
        self.rows: list[dict[str, Value]] = []
        self.numbers: list[int] = []
        self.bad = self.set_aside = 0
        self.count: int | None = None
        names: dict[str, None] = {}
        self._gather(table.rows, names)
        self.columns = tuple(names)

    def _gather(self, rows: Iterator[Record], names: dict[str, None]) -> None:
        step = seen = 1
        cells = 0
        for seen, row in enumerate(rows, 1):
            if isinstance(row, BadRow):
                self.bad += 1
            elif not isinstance(row, Row):
                self.set_aside += 1
            elif seen % step == 0 or not self.rows:
                self.rows.append({name: _clipped(value) for name, value in row.values.items()})
                self.numbers.append(row.number)
                cells += len(row.values)
                if len(names) < _MOST_COLUMNS:
                    names.update(dict.fromkeys(row.values))
                if len(self.rows) >= 2 * _SAMPLE_ROWS or (cells > _SAMPLE_CELLS and len(self.rows) > _LEAST_ROWS):
                    self.rows, self.numbers, cells = self.rows[::2], self.numbers[::2], cells // 2
                    step *= 2
            if seen >= _COUNTED_ROWS:
                return
        self.count = seen if self.rows or self.bad or self.set_aside else 0

    def filled(self, column: str) -> list[Value]:
        """The values of the column that are there."""
        return [value for _, value in self.numbered(column)]

    def numbered(self, column: str) -> list[tuple[int, Value]]:
        """The values of the column that are there, each after the number of its row."""
        pairs = zip(self.numbers, self.rows, strict=True)
        return [(number, value) for number, row in pairs if (value := row.get(column)) not in (None, "", [])]

    @cached_property
    def shares_filled(self) -> dict[str, float]:
        """For each column the share of rows in which it holds something."""
        return {column: len(self.filled(column)) / max(len(self.rows), 1) for column in self.columns}

    def lengths(self, column: str) -> Sequence[int]:
        """The lengths in characters of the column's texts."""
        return [len(value) for value in self.filled(column) if isinstance(value, str)]


def _clipped(value: Value) -> Value:
    if isinstance(value, str):
        return value[:_CLIP_CHARS]
    if isinstance(value, list):
        return [item[:_CLIP_CHARS] if isinstance(item, str) else item for item in value[:_CLIP_ITEMS]]
    return value
