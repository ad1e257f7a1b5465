"""JSON Lines: one object per line."""

from collections.abc import Iterator

from ingest.flattening import decoded, flattened
from ingest.opening import ByteSource, byte_lines
from ingest.places import Opening, Place
from ingest.rows import BadRow, Row, Table

EXAMPLE = '{"id": 1, "text": "…"}'
_ENDINGS = (".jsonl", ".ndjson", ".jsonlines")
_FIX = "write one JSON object per line, in UTF-8"


def recognise(file: Opening) -> float:
    """Sure when the first whole lines are objects, or one begins that is longer than what is seen; else by the name."""
    lines = [line for line in file.head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    whole_lines = lines if len(file.head) < 1 << 16 else lines[:-1]
    objects = sum(_is_object(line) for line in whole_lines[:3])
    if file.name.endswith(_ENDINGS):
        return 0.95 if objects or (not whole_lines and lines and lines[0].startswith(b"{")) else 0.4
    return 0.85 if objects > 1 else 0.0


def read(place: Place) -> Table:
    """Each object a row; a line that is none is a bad row."""
    return Table("JSON Lines, UTF-8", _rows(ByteSource(place)))


def _rows(source: ByteSource) -> Iterator[Row | BadRow]:
    number = 0
    for number, line in enumerate(byte_lines(source), 1):
        if line is None:
            yield BadRow(number, "the line is longer than 32 MB", _FIX)
        elif line.strip():
            yield _row(number, line)
    if source.broken:
        yield BadRow(number + 1, source.broken, "fetch the file again; the rows before this place were read")


def _row(number: int, line: bytes) -> Row | BadRow:
    try:
        record = decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
    except UnicodeDecodeError:
        return BadRow(number, "the line holds bytes that are no UTF-8", _FIX)
    except ValueError:
        return BadRow(number, "the line is no JSON", _FIX)
    if not isinstance(record, dict):
        return BadRow(number, f"the line holds {_kind(record)} where an object is expected", _FIX)
    return Row(number, flattened(record))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(decoded(line), dict)
    except ValueError:
        return False


def _kind(record: object) -> str:
    return "a list" if isinstance(record, list) else "a bare value"
