"""CSV, TSV and their kin."""

import itertools
from collections.abc import Iterator, Sequence
from operator import itemgetter

import msgspec

from ingest.errors import ReadError
from ingest.opening import ByteSource, bare_name
from ingest.places import Opening, Place
from ingest.rows import BadRow, Row, Table
from ingest.tables.decoding import Encoding, encoding_of, text_lines
from ingest.tables.delimited_records import Record, records
from ingest.tables.dialects import Dialect, dialect_of
from ingest.tables.headers import Header, header_in, says_something

EXAMPLE = "id;date;author;text"
_TRIAL_LINES = 400
_TRIAL_CHARS = 1 << 20
_ANY_WIDTH = range(2, 1 << 20)
_CONTROL = (*range(1, 9), *range(14, 27))
_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".psv")


def recognise(file: Opening) -> float:
    """Any text can be a table of one column, so this is the least sure of all; binary content is refused."""
    named = file.name.endswith(_ENDINGS)
    control = sum(file.head.count(code) for code in _CONTROL)
    utf16 = file.head.startswith((b"\xff\xfe", b"\xfe\xff")) or _alternates_with_nul(file.head)
    if not named and (control > 4 + len(file.head) // 50 or (b"\x00" in file.head and not utf16)):
        return 0.0
    return 0.6 if named else 0.2


def read(place: Place) -> Table:
    """The header is looked for below titles and export notes; where there is none, the columns are numbered.

    Records that say nothing are no rows; fields beyond the header that are empty are left out.
    """
    layout = _layout(place)
    if layout.header is None:
        return Table(layout.words, _nothing(place, layout.encoding, layout.dialect))
    return Table(layout.words, _rows(place, layout, layout.header))


def columns(place: Place, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Two columns or more of each row, "" where it or the table lacks one: for a look at the table beforehand."""
    layout = _layout(place)
    if (header := layout.header) is None:
        return
    wide, widths, before = len(header.names), {len(header.names), header.width}, layout.before
    pick = itemgetter(*(header.names.index(name) if name in header.names else -1 for name in names))
    for record in records(text_lines(ByteSource(place), layout.encoding), layout.dialect, widths):
        if isinstance(record, Record) and record.number > before and len(record.cells) in widths:
            record.cells.extend([""] * (1 + wide - len(record.cells)))
            yield pick(record.cells)


class _Layout(msgspec.Struct, frozen=True):
    """How a table lies in its file: its rows stand below line number `before`. No header where it has no record."""

    encoding: Encoding
    dialect: Dialect
    header: Header | None
    before: int
    words: str


def _layout(place: Place) -> _Layout:
    evidence = encoding_of(place)
    trial = _trial(text_lines(ByteSource(place), evidence.encoding))
    dialect = dialect_of(trial, bare_name(place))
    words = f"{dialect.in_words()}, {evidence.words}"
    told = [record for record in records(iter(trial), dialect, _ANY_WIDTH) if isinstance(record, Record)]
    if not any(says_something(record.cells) for record in told):
        return _Layout(evidence.encoding, dialect, None, 0, words)
    header = header_in([record.cells for record in told])
    number = told[header.at or 0].number
    before = number if header.at is not None else told[header.first].number - 1
    told_of = ", ".join(filter(None, (words, header.in_words(number))))
    return _Layout(evidence.encoding, dialect, header, before, told_of)


def _trial(lines: Iterator[str | None]) -> list[str]:
    """The first lines, as many as fit the eye of `dialect_of`."""
    trial, size = [], 0
    for line in itertools.islice(lines, _TRIAL_LINES):
        trial.append(line or "\n")
        size += len(trial[-1])
        if size > _TRIAL_CHARS:
            break
    return trial


def _nothing(place: Place, encoding: Encoding, dialect: Dialect) -> Iterator[BadRow]:
    """A file of which the first lines hold no record that can be read: what it holds is all bad."""
    reason = f"the row stands below {_TRIAL_LINES} lines without a row that can be read"
    nothing = True
    for record in records(text_lines(ByteSource(place), encoding), dialect):
        if isinstance(record, BadRow) or says_something(record.cells):
            nothing = False
            yield record if isinstance(record, BadRow) else BadRow(record.number, reason, "begin with the header")
    if nothing:
        raise ReadError(f"{place.name} holds no rows; check the export")


def _rows(place: Place, layout: _Layout, header: Header) -> Iterator[Row | BadRow]:
    source = ByteSource(place)
    names, wide, before = header.names, len(header.names), layout.before
    number = 1
    for record in records(text_lines(source, layout.encoding), layout.dialect, {wide, header.width}):
        number = record.number
        if isinstance(record, BadRow):
            yield record
        elif len(record.cells) == wide:
            if number > before:
                yield Row(number, dict(zip(names, record.cells, strict=True)))
        elif number > before and record.cells:
            yield _of_other_width(record, header)
    if source.broken:
        yield BadRow(number + 1, source.broken, "fetch the file again; the rows before this place were read")


def _of_other_width(record: Record, header: Header) -> Row | BadRow:
    """A row whose last, empty fields are left out as in most rows, or which has empty ones too many; else a bad one."""
    wide = len(header.names)
    if len(record.cells) == header.width < wide or (len(record.cells) > wide and not any(record.cells[wide:])):
        return Row(record.number, dict(zip(header.names, record.cells, strict=False)))
    return BadRow(
        record.number,
        f"the row has {len(record.cells)} fields where the header has {wide}",
        "put fields that hold the delimiter or a line break in quotes",
    )


def _alternates_with_nul(head: bytes) -> bool:
    return max(head[0::2].count(0), head[1::2].count(0)) > len(head) // 5
