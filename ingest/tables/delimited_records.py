"""The records of a delimited text; one broken record never takes its neighbours with it."""

import csv
import itertools
from collections import deque
from collections.abc import Container, Iterator

import msgspec

from ingest.rows import BadRow
from ingest.tables.decoding import Undecodable
from ingest.tables.dialects import Dialect

_MAX_FIELD_CHARS = 4_000_000
_MAX_RECORD_LINES = 5_000
_MAX_RETRIED_LINES = 200_000
_MAX_RETRIED_SHARE = 10
_QUOTE_FIX = "close the quotes, and double a quote that stands inside quotes"

csv.field_size_limit(_MAX_FIELD_CHARS)


class Record(msgspec.Struct, frozen=True, gc=False):
    """The cells of one record and the line in the file on which it starts."""

    number: int
    cells: list[str]


class _Lines:
    """Lines that remember which of them the current record took, so that all but the first can be read again."""

    def __init__(self, lines: Iterator[str | None]) -> None:
        self._lines = lines
        self._again: deque[str | None] = deque()
        self._retried = 0
        self.taken: list[str | None] = []
        self.number = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        taken = self.taken
        taken.append(line)
        if line is None or len(taken) > _MAX_RECORD_LINES:
            raise csv.Error("record too long")
        return line

    def accept(self) -> int:
        """The current record stands; returns the line it started on."""
        started = self.number
        self.number += len(self.taken)
        self.taken.clear()
        return started

    def retry(self) -> int:
        """Only the first line of the current record is given up; returns its number."""
        started = self.number
        patience = _MAX_RETRIED_LINES + _MAX_RETRIED_SHARE * self.number
        again = self.taken[1:] if self._retried < patience else []
        self._retried += len(again)
        self._again.extendleft(reversed(again))
        self.number += len(self.taken) - len(again)
        self.taken.clear()
        return started


def records(
    lines: Iterator[str | None], dialect: Dialect, widths: Container[int] | None = None
) -> Iterator[Record | BadRow]:
    """The records, or a bad row in the place of one with open quotes or bytes that are not in the encoding.

    A record over several lines is believed when it has one of `widths` fields, or as many as the first record where
    none are given; else its quotes did not close and only its first line is given up.
    """
    feed = _Lines(_without_separator_line(lines))
    while True:
        reader = dialect.reader(feed)
        try:
            for cells in reader:
                widths = widths or {len(cells)}
                if len(feed.taken) > 1 and len(cells) not in widths:
                    yield _bad(feed, "the row has the wrong number of fields, or its quotes do not close")
                    break
                yield _checked(feed, cells)
            else:
                return
        except csv.Error:
            yield _bad(feed, "the quotes of the row do not close, or a field is too long")


def _checked(feed: _Lines, cells: list[str]) -> Record | BadRow:
    taken = feed.taken
    stray = type(taken[0]) is Undecodable if len(taken) == 1 else any(type(line) is Undecodable for line in taken)
    number = feed.accept()
    if stray:
        return BadRow(number, "the row holds bytes that are not in the encoding of the file", "save the file as UTF-8")
    return Record(number, cells)


def _bad(feed: _Lines, reason: str) -> BadRow:
    return BadRow(feed.retry(), reason, _QUOTE_FIX)


def _without_separator_line(lines: Iterator[str | None]) -> Iterator[str | None]:
    """A blank line in the place of Excel's `sep=;`, so that line numbers stay."""
    first = next(lines, None)
    blank = first is not None and first.startswith("sep=")
    return itertools.chain(["\n" if blank else first], lines) if first is not None else lines
