"""A JSON document: an array of objects, or an object that holds one."""

from collections.abc import Iterator
from typing import Any

from ingest.errors import ReadError
from ingest.flattening import decoded, flattened
from ingest.opening import whole
from ingest.places import Opening, Place
from ingest.rows import BadRow, Row, Table

EXAMPLE = '[{"id": 1, "text": "…"}, …]'
_LIMIT_BYTES = 1 << 30
_DEPTH = 4


def recognise(file: Opening) -> float:
    """A first brace or bracket decides; the name makes it surer."""
    start = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start not in (b"[", b"{"):
        return 0.0
    return 0.8 if file.name.endswith(".json") else 0.5


def read(place: Place) -> Table:
    """Each object of the array a row. The document is held in memory; JSON Lines is the format for large ones."""
    try:
        document = decoded(whole(place, _LIMIT_BYTES).removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        raise ReadError(f"{place.name} is no valid JSON in UTF-8; check that the export is complete") from None
    where, items = _records(document, "", 0)
    if not items:
        raise ReadError(f"{place.name} holds no array of objects; export a list of messages")
    return Table(f"JSON array {where!r}" if where else "JSON array", _rows(items))


def _records(value: Any, where: str, depth: int) -> tuple[str, list[Any]]:
    if isinstance(value, list):
        return where, value if any(isinstance(item, dict) for item in value) else []
    if not isinstance(value, dict) or depth >= _DEPTH:
        return where, []
    found = [_records(inner, f"{where}.{key}".lstrip("."), depth + 1) for key, inner in value.items()]
    return max(found, key=lambda pair: len(pair[1]), default=(where, []))


def _rows(items: list[Any]) -> Iterator[Row | BadRow]:
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield Row(number, flattened(item))
        else:
            yield BadRow(number, "the item is no object", "write each message as a JSON object")
