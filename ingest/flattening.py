"""Nested JSON as one row: `{"user": {"name": …}}` becomes the column `user.name`."""

import json
from typing import Any

import msgspec

from ingest.rows import Scalar, Value

_NESTED = (dict, list)
_MAX_DEPTH = 8
_MAX_ITEMS = 1000


def flattened(record: dict[str, Any]) -> dict[str, Value]:
    """Objects become dotted columns; an array of objects becomes one list per dotted column."""
    row: dict[str, Value] = {}
    _put_object(row, record, "", 0)
    return row


def _put_object(row: dict[str, Value], record: dict[str, Any], prefix: str, depth: int) -> None:
    for key, value in record.items():
        if type(value) in _NESTED and value != []:
            _put(row, prefix + key, value, depth)
        else:
            row[prefix + key] = value


def _put(row: dict[str, Value], column: str, value: Any, depth: int) -> None:
    if depth == _MAX_DEPTH:
        row[column] = None
    elif isinstance(value, dict):
        _put_object(row, value, column + ".", depth + 1)
    else:
        _put_list(row, column, value[:_MAX_ITEMS], depth)


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
            scalars.append(item)
    if scalars or not items:
        row[column] = scalars


def sound(text: str) -> str:
    """The text without the halves of surrogate pairs that JSON can smuggle in; whole pairs are joined."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def decoded(raw: bytes | msgspec.Raw) -> Any:
    """One JSON value. Raises `ValueError` when it is none; JSON's looser dialects (NaN) are read.

    Of a lone surrogate nothing is left.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return _loosely(bytes(raw))


def _loosely(raw: bytes) -> Any:
    try:
        return _all_sound(json.loads(raw.decode("utf-8")))
    except RecursionError:
        raise ValueError("nested too deep") from None


def _all_sound(value: Any) -> Any:
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, dict):
        return {sound(key): _all_sound(inner) for key, inner in value.items()}
    return [_all_sound(inner) for inner in value] if isinstance(value, list) else value
