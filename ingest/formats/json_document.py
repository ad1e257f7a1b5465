"""A JSON document: an array of objects, or an object that holds one."""

from collections.abc import Iterator
from typing import Any

import msgspec

from ingest.errors import ReadError
from ingest.flattening import decoded, flattened
from ingest.opening import whole
from ingest.places import Opening, Place
from ingest.rows import BadRow, Row, Table

EXAMPLE = '[{"id": 1, "text": "…"}, …]'
_LIMIT_BYTES = 1 << 30
_DEPTH = 4
_FIX = "write each message as a JSON object, in UTF-8"
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])


def recognise(file: Opening) -> float:
    """A first brace or bracket decides; the name makes it surer."""
    start = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start not in (b"[", b"{"):
        return 0.0
    return 0.8 if file.name.endswith(".json") else 0.5


def read(place: Place) -> Table:
    """Each object of the largest array a row. The bytes are held in memory: large exports come as JSON Lines."""
    content = whole(place, _LIMIT_BYTES).removeprefix(b"\xef\xbb\xbf")
    try:
        where, items = _records(_outline(content), "", 0)
    except ValueError:
        raise ReadError(f"{place.name} is no valid JSON in UTF-8; check that the export is complete") from None
    if not items:
        raise ReadError(f"{place.name} holds no array of objects; export a list of messages")
    return Table(f"JSON array {where!r}" if where else "JSON array", _rows(items))


def _outline(content: bytes) -> Any:
    """The document down to the arrays in it, whose items stay bytes; looser dialects of JSON are read at once."""
    try:
        return _opened(msgspec.Raw(content), 0)
    except (msgspec.DecodeError, RecursionError):
        return decoded(content)


def _opened(raw: msgspec.Raw, depth: int) -> Any:
    start = bytes(memoryview(raw)[:64]).lstrip()[:1]
    if start == b"[":
        return _ARRAY.decode(raw)
    if start == b"{" and depth < _DEPTH:
        return {key: _opened(inner, depth + 1) for key, inner in _OBJECT.decode(raw).items()}
    return None


def _records(value: Any, where: str, depth: int) -> tuple[str, list[Any]]:
    if isinstance(value, list):
        return where, value if any(map(_is_object, value)) else []
    if not isinstance(value, dict) or depth >= _DEPTH:
        return where, []
    found = [_records(inner, f"{where}.{key}".lstrip("."), depth + 1) for key, inner in value.items()]
    return max(found, key=lambda pair: len(pair[1]), default=(where, []))


def _is_object(item: Any) -> bool:
    if isinstance(item, msgspec.Raw):
        return bytes(memoryview(item)[:1]) == b"{"
    return isinstance(item, dict)


def _rows(items: list[Any]) -> Iterator[Row | BadRow]:
    for number, item in enumerate(items, 1):
        try:
            value = decoded(item) if isinstance(item, msgspec.Raw) else item
        except UnicodeDecodeError:
            yield BadRow(number, "the item holds bytes that are no UTF-8", _FIX)
        except ValueError:
            yield BadRow(number, "the item is no JSON", _FIX)
        else:
            yield (
                Row(number, flattened(value))
                if isinstance(value, dict)
                else BadRow(number, "the item is no object", _FIX)
            )
