"""CSV, TSV and their kin."""

import itertools
from collections.abc import Iterator

from ingest.columns import looks_like_header, unique_names
from ingest.decoding import Encoding, encoding_of, text_lines
from ingest.delimited_records import Record, records
from ingest.dialects import Dialect, dialect_of
from ingest.errors import ReadError
from ingest.opening import ByteSource, bare_name
from ingest.places import Opening, Place
from ingest.rows import BadRow, Row, Table

EXAMPLE = "id;date;author;text"
_TRIAL_LINES = 400
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
    """The first record names the columns, unless it cannot be a header: then they are numbered."""
    encoding = encoding_of(place)
    trial = [
        line for line in itertools.islice(text_lines(ByteSource(place), encoding), _TRIAL_LINES) if line is not None
    ]
    dialect = dialect_of(trial, bare_name(place))
    return Table(f"{dialect.in_words()}, {encoding.upper()}", _rows(place, encoding, dialect))


def _rows(place: Place, encoding: Encoding, dialect: Dialect) -> Iterator[Row | BadRow]:
    source = ByteSource(place)
    found = records(text_lines(source, encoding), dialect)
    first = next((record for record in found if isinstance(record, BadRow) or record.cells), None)
    while isinstance(first, BadRow):
        yield first
        first = next((record for record in found if isinstance(record, BadRow) or record.cells), None)
    if first is None:
        raise ReadError(f"{place.name} holds no rows; check the export")
    if looks_like_header(first.cells):
        columns = unique_names(first.cells)
    else:
        columns = unique_names([""] * len(first.cells))
        found = itertools.chain([first], found)
    number = 1
    for record in found:
        number = record.number
        if isinstance(record, BadRow):
            yield record
        elif len(record.cells) == len(columns):
            yield Row(number, dict(zip(columns, record.cells, strict=True)))
        elif record.cells:
            yield _wrong_width(record, len(columns))
    if source.broken:
        yield BadRow(number + 1, source.broken, "fetch the file again; the rows before this place were read")


def _wrong_width(record: Record, expected: int) -> BadRow:
    return BadRow(
        record.number,
        f"the row has {len(record.cells)} fields where the header has {expected}",
        "put fields that hold the delimiter or a line break in quotes",
    )


def _alternates_with_nul(head: bytes) -> bool:
    return max(head[0::2].count(0), head[1::2].count(0)) > len(head) // 5
