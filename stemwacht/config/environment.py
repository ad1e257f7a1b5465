"""STEMWACHT_SECTION__KEY overrides the key of that section."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import inspect

from alerts import unknown

PREFIX = "STEMWACHT_"


def overrides(environ: Mapping[str, str], kind: type[msgspec.Struct]) -> dict[str, dict[str, Any]]:
    """The values that the environment sets, by section and key, as the types of `kind` want them.

    Names without "__" are none of ours. ValueError names the variable and what it should hold.
    """
    found: dict[str, dict[str, Any]] = {}
    sections = _fields(inspect.type_info(kind))
    for name in sorted(environ):
        section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
        if not name.startswith(PREFIX) or not separator:
            continue
        if section not in sections:
            raise ValueError(f"{name}: {unknown(section, list(sections), 'section')}")
        if isinstance(sections[section], inspect.DictType):
            found.setdefault(section, {})[key] = _table(name, environ[name])
            continue
        keys = _fields(sections[section])
        if key not in keys:
            raise ValueError(f"{name}: {unknown(key, list(keys), 'key')}")
        found.setdefault(section, {})[key] = _value(name, environ[name], keys[key])
    return found


def _fields(kind: inspect.Type) -> dict[str, inspect.Type]:
    return {item.name: _bare(item.type) for item in kind.fields} if isinstance(kind, inspect.StructType) else {}


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _value(name: str, text: str, kind: inspect.Type) -> Any:
    """Text as the type wants it; a list is parted by commas, a table is JSON, an empty text is no value."""
    bare = _bare(kind)
    choices = bare.types if isinstance(bare, inspect.UnionType) else (bare,)
    if not text and any(isinstance(choice, inspect.NoneType) for choice in choices):
        return None
    if isinstance(bare, inspect.VarTupleType):
        return [part.strip() for part in text.split(",") if part.strip()]
    if isinstance(bare, inspect.DictType):
        return _table(name, text)
    wanted = next((_NUMBERS[type(choice)] for choice in choices if type(choice) in _NUMBERS), None)
    if wanted is None:
        return text
    try:
        return msgspec.convert(text, wanted, strict=False)
    except msgspec.ValidationError:
        raise ValueError(f"{name}: expected {_WORDS[wanted]}, got {text!r}") from None


def _table(name: str, text: str) -> Any:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise ValueError(f'{name}: expected a JSON object like {{"key": 1}}') from None


_NUMBERS: dict[type, type] = {inspect.IntType: int, inspect.FloatType: float, inspect.BoolType: bool}
_WORDS: dict[type, str] = {int: "a whole number", float: "a number", bool: "true or false"}
