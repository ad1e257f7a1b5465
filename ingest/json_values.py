"""The JSON values of a file, whichever way they were saved: a document, an array, or one value per line."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from ingest.errors import ReadError
from ingest.flattening import decoded, sound
from ingest.large_numbers import damaged
from ingest.opening import ByteSource, byte_lines, head_of, whole
from ingest.places import Place
from ingest.rows import BadRow, Record, Value

_LIMIT_BYTES = 1 << 30
_BOM = b"\xef\xbb\xbf"
_FIX = "write one JSON object per line, in UTF-8"
_Part = TypeVar("_Part")


class JsonValue(msgspec.Struct, frozen=True, gc=False):
    """One value and where it stands: the line of a file of lines, or the item of an array."""

    number: int
    value: Any


def json_values(place: Place) -> Iterator[JsonValue | BadRow]:
    """The items of an array, the lines of JSON Lines, or the one document there is.

    Lines are streamed; a document is held in memory, and `ReadError` is raised when it is broken or beyond 1 GB.
    """
    if _is_of_lines(place):
        yield from _lines(ByteSource(place))
        return
    try:
        document = decoded(whole(place, _LIMIT_BYTES).removeprefix(_BOM))
    except ValueError:
        raise ReadError(f"{place.name} is no valid JSON in UTF-8; check that the export is complete") from None
    items = document if isinstance(document, list) else [document]
    yield from (JsonValue(number, item) for number, item in enumerate(items, 1))


def row_of_each(place: Place, row_of: Callable[[int, dict[str, Any]], Record]) -> Iterator[Record]:
    """A row for each object, under its own number; what is no object is a bad row."""
    for item in json_values(place):
        if isinstance(item, BadRow):
            yield item
        elif isinstance(item.value, dict):
            yield row_of(item.number, item.value)
        else:
            yield no_object(item.number)


def rows_of_pages(
    place: Place, parts_of: Callable[[dict[str, Any]], Iterable[_Part]], row_of: Callable[[int, _Part], Record]
) -> Iterator[Record]:
    """A row for each part of each object, numbered on from page to page."""
    number = 0
    for page in json_values(place):
        parts = parts_of(page.value) if isinstance(page, JsonValue) and isinstance(page.value, dict) else None
        if parts is None:
            number += 1
            yield page if isinstance(page, BadRow) else no_object(number)
            continue
        for part in parts:
            number += 1
            yield row_of(number, part)


def no_object(number: int) -> BadRow:
    """The row for a value that is no object where a record is expected."""
    return BadRow(number, "the item is no object", "write each record as a JSON object")


def _is_of_lines(place: Place) -> bool:
    """Whether the first line is an object of its own; an array is a document, and so is one line without an end."""
    head = head_of(place).removeprefix(_BOM).lstrip()
    if head[:1] != b"{":
        return False
    line, end, _ = head.partition(b"\n")
    if not end:
        return next(byte_lines(ByteSource(place)), b"") is not None
    try:
        decoded(line)
    except ValueError:
        return False
    return True


def _lines(source: ByteSource) -> Iterator[JsonValue | BadRow]:
    number = 0
    for number, line in enumerate(byte_lines(source), 1):
        if line is None:
            yield BadRow(number, "the line is longer than 32 MB", _FIX)
        elif line.strip():
            yield _line(number, line.removeprefix(_BOM) if number == 1 else line)
    if source.broken:
        yield BadRow(number + 1, source.broken, "fetch the file again; the rows before this place were read")


def _line(number: int, line: bytes) -> JsonValue | BadRow:
    try:
        return JsonValue(number, decoded(line))
    except UnicodeDecodeError:
        return BadRow(number, "the line holds bytes that are no UTF-8", _FIX)
    except ValueError:
        return BadRow(number, "the line is no JSON", _FIX)


def objects_in(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none when it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def object_in(value: Any) -> dict[str, Any]:
    """The object itself; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def string_in(value: Any) -> str | None:
    """A text as it stands or a whole number as text; None for anything else and for the empty text."""
    if isinstance(value, str):
        return sound(value) or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def strings_in(value: Any) -> list[str]:
    """The texts of a list."""
    return [text for item in value if (text := string_in(item))] if isinstance(value, list) else []


def rounded(value: Any) -> bool:
    """Whether an id went through a float or a spreadsheet, so that its last digits are lost."""
    return isinstance(value, str | float) and damaged(value)


def rounded_id(number: int) -> BadRow:
    """The row for a record whose id was rounded."""
    return BadRow(
        number,
        "the id was rounded (as 1.9E+18): many records now share it",
        "export again and keep the ids as text; a spreadsheet or R must not read them as numbers",
    )


def names_in(value: dict[str, Any], *keys: str) -> Value:
    """What stands under these keys as texts: the names that somebody is called by."""
    return [name for key in keys if (name := string_in(value.get(key)))]
