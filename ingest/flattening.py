"""Nested JSON as one row: `{"user": {"name": …}}` becomes the column `user.name`."""

import json
from typing import Any

import msgspec

from ingest.rows import Scalar, Value

_MAX_DEPTH = 8
_MAX_ITEMS = 1000


def flattened(record: dict[str, Any]) -> dict[str, Value]:
    """Objects become dotted columns; an array of objects becomes one list per dotted column."""
    row: dict[str, Value] = {}
    _put_object(row, record, "", 0)
    return row


def _put_object(row: dict[str, Value], record: dict[str, Any], prefix: str, depth: int) -> None:
    for key, value in record.items():
        _put(row, prefix + sound(key), value, depth)


def _put(row: dict[str, Value], column: str, value: Any, depth: int) -> None:
    if isinstance(value, str):
        row[column] = sound(value)
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        _put_object(row, value, column + ".", depth + 1)
    elif isinstance(value, list) and depth < _MAX_DEPTH:
        _put_list(row, column, value[:_MAX_ITEMS], depth)
    elif isinstance(value, dict | list):
        row[column] = None
    else:
        row[column] = value


def _put_list(row: dict[str, Value], column: str, items: list[Any], depth: int) -> None:
    scalars: list[Scalar] = []
    for item in items:
        if isinstance(item, dict):
            inner: dict[str, Value] = {}
            _put_object(inner, item, column + ".", depth + 1)
            for name, value in inner.items():
                gathered = row.setdefault(name, [])
                if isinstance(gathered, list):
                    gathered.extend(value if isinstance(value, list) else [value])
        elif not isinstance(item, list):
            scalars.append(sound(item) if isinstance(item, str) else item)
    if scalars or not items:
        row[column] = scalars


def sound(text: str) -> str:
    """The text without the halves of surrogate pairs that JSON can smuggle in; whole pairs are joined."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def decoded(raw: bytes | msgspec.Raw) -> Any:
    """One JSON value. Raises `ValueError` when it is none; JSON's looser dialects (NaN, lone surrogates) are read."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return _loosely(bytes(raw))


def _loosely(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deep") from None
