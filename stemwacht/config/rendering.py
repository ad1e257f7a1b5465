"""Settings as TOML: what is in force, and an example to start from."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from ingest.sources import examples
from stemwacht.config.secret import Secret
from stemwacht.config.settings import Settings

Line = Callable[[str, Any, str], list[str]]
_OF_A_MACHINE = frozenset(("paths", "log", "store", "kafka", "elasticsearch", "kibana", "sources"))


def render(settings: msgspec.Struct) -> str:
    """The settings as TOML that `load` reads again, secrets masked; a key without a value stands as a comment."""
    return _sections(settings, _plain)


def as_data(settings: msgspec.Struct) -> dict[str, Any]:
    """The settings as plain values for a record of a run: without what names machines, secrets masked."""
    data: dict[str, Any] = msgspec.to_builtins(settings, enc_hook=str)
    return {section: values for section, values in data.items() if section not in _OF_A_MACHINE}


def example() -> str:
    """A stemwacht.toml with every key, its default and what it is for; all keys are commented out."""
    head = "# Stemwacht: configuration. Take the # from a line to change it; what stands here are the defaults.\n"
    head += "# The environment overrides the file: STEMWACHT_SECTION__KEY, for instance STEMWACHT_REPORT__LANG=nl.\n\n"
    return head + _sections(Settings(), _commented) + "\n" + _sources()


def _sources() -> str:
    """A table for each kind of source, indented: a line that loses its # alone is then no key of the last section."""
    lines = [
        "# What `stemwacht pull` reads: one table each, named as you like; docs/sources.md says what each kind takes.",
        "# All of them may have every_minutes (15) and quiet_hours: after so long without a message there is a gap.",
    ]
    for table in examples().values():
        lines += ["#", *(f"#   {line}" for line in table.splitlines())]
    return "\n".join(lines) + "\n"


def _sections(settings: msgspec.Struct, line: Line) -> str:
    parts = []
    for section in settings.__struct_fields__:
        values = getattr(settings, section)
        if _is_table(values):
            parts += ["\n".join(_table(section, name, table)) for name, table in sorted(values.items())]
            continue
        notes = _descriptions(type(values))
        doc = (type(values).__doc__ or "").strip().splitlines()[0]
        head = [f"# {doc}", f"[{section}]"] if line is _commented else [f"[{section}]"]
        fields = [(key, getattr(values, key)) for key in values.__struct_fields__]
        simple = [text for key, value in fields if not _is_table(value) for text in line(key, value, notes[key])]
        tables = [text for key, value in fields if _is_table(value) for text in _table(section, key, value)]
        parts.append("\n".join([*head, *simple, *tables]))
    return "\n\n".join(parts) + "\n"


def _plain(key: str, value: Any, _note: str) -> list[str]:
    return [f"# {key} is not set" if value is None else f"{key} = {_toml(value)}"]


def _commented(key: str, value: Any, note: str) -> list[str]:
    shown = '"…"' if value is None else _toml(_from_home(value))
    return [f"# {key}: {note}", f"# {key} = {shown}"]


def _from_home(value: Any) -> Any:
    """A path in the home folder with ~ for it, so that the example fits any machine."""
    home = Path.home()
    return Path("~", value.relative_to(home)) if isinstance(value, Path) and value.is_relative_to(home) else value


def _table(section: str, key: str, value: Mapping[str, Any]) -> list[str]:
    return [f"[{section}.{key}]", *(f"{_toml(name)} = {_toml(item)}" for name, item in sorted(value.items()))]


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _descriptions(kind: type) -> dict[str, str]:
    info = inspect.type_info(kind)
    fields = info.fields if isinstance(info, inspect.StructType) else ()
    return {item.name: _description(item.type) for item in fields}


def _description(kind: inspect.Type) -> str:
    schema = kind.extra_json_schema if isinstance(kind, inspect.Metadata) else None
    return str((schema or {}).get("description", ""))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Secret | Path | str):
        # JSON's escapes are TOML's, but for DEL, which TOML forbids as it is.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple | list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, int | float):
        return repr(value)
    raise TypeError(f"no way to write a {type(value).__name__} as TOML")
