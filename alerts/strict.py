"""Data from a file into frozen typed values; what is unknown or of the wrong type is an error that says the fix."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

T = TypeVar("T")
FromText = Callable[[type, Any], Any]


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a TOML file; ValueError with the file's name when it is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ValueError(f"no file {path}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} is not valid TOML: {error}") from None
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None


def strict(data: object, kind: type[T], *, where: str, from_text: FromText | None = None) -> T:
    """`data` as a `kind`; ValueError naming the unknown key and those that exist, or the type that is expected."""
    for message in _unknown_keys(data, inspect.type_info(kind), ""):
        raise ValueError(f"{where}: {message}")
    try:
        return msgspec.convert(data, kind, dec_hook=from_text)
    except msgspec.ValidationError as error:
        raise ValueError(f"{where}: {in_words(error)}") from None


def in_words(error: msgspec.ValidationError) -> str:
    """`Expected int, got str - at $.ingest.batch` turned into `ingest.batch: expected int, got str`."""
    what, _, place = str(error).partition(" - at ")
    what = what.replace("`", "")
    name = re.sub(r"^\$\.?", "", place.strip("`")) or "the file"
    return f"{name}: {what[0].lower()}{what[1:]}"


def unknown(name: str, known: Sequence[str], what: str) -> str:
    """`no key 'thread'; did you mean 'threads'? There are: model, name, threads`."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1)
    meant = f" did you mean {near[0]!r}? There" if near else " there"
    return f"no {what} {name!r};{meant} are: {', '.join(known)}"


def _unknown_keys(data: object, kind: inspect.Type, place: str) -> Iterator[str]:
    kind = kind.type if isinstance(kind, inspect.Metadata) else kind
    if isinstance(kind, inspect.StructType) and isinstance(data, Mapping):
        fields = {field.encode_name: field.type for field in kind.fields}
        for key, value in data.items():
            if key not in fields:
                inside = f" in [{place}]" if place else ""
                yield unknown(str(key), list(fields), "key") + inside
            else:
                yield from _unknown_keys(value, fields[key], f"{place}.{key}".strip("."))
    elif isinstance(kind, inspect.VarTupleType) and isinstance(data, list):
        for item in data:
            yield from _unknown_keys(item, kind.item_type, place)
    elif isinstance(kind, inspect.DictType) and isinstance(data, Mapping):
        for key, value in data.items():
            yield from _unknown_keys(value, kind.value_type, f"{place}.{key}".strip("."))
