"""What a scheduler has to know before any work begins: the sources and their rhythm, the topic, the zone.

A scheduler reads its files every few seconds: only the standard library is imported here. Whether the configuration
is right in all is for the work itself to say; what stands here is read as `stemwacht.config` reads it.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

CONFIG = "STEMWACHT_CONFIG"
EVERY_MINUTES = 15.0
_LEAST_MINUTES, _MOST_MINUTES = 1.0, 366 * 24 * 60.0
_SOURCES, _ZONE, _PREFIX = "STEMWACHT_SOURCES__", "Europe/Amsterdam", "stemwacht."


class ConfigurationError(ValueError):
    """What is configured is wrong; the message names the fix, and a second try does not mend it."""


class Heard(Protocol):
    """A message as a Kafka consumer gives it."""

    def partition(self) -> int: ...
    def offset(self) -> int: ...


@dataclass(frozen=True)
class Source:
    """A source and how often it is pulled, at least a minute; `fault` says what is wrong with its table."""

    name: str
    kind: str
    every_minutes: float
    fault: str | None = None


def sources(environ: Mapping[str, str]) -> tuple[Source, ...]:
    """The configured sources by name. ConfigurationError where the configuration file cannot be read at all."""
    tables = _section(_read(environ), "sources")
    if not isinstance(tables, dict):
        raise ConfigurationError(f"{environ.get(CONFIG)}: 'sources' is no table; write [sources.NAME] for each source")
    given: dict[str, Any] = dict(tables)
    given |= {_source_name(key): text for key, text in environ.items() if key.startswith(_SOURCES)}
    return tuple(_source(name, given[name]) for name in sorted(given))


def topic(environ: Mapping[str, str]) -> str | None:
    """The topic that messages come in on; None where the log is no Kafka, or the configuration cannot be read."""
    if _value(environ, "log", "name", "sqlite") != "kafka":
        return None
    return f"{_value(environ, 'kafka', 'prefix', _PREFIX)}messages"


def heard(message: Heard) -> dict[str, int]:
    """The place of a message on the log: all that a scheduler is told, and keeps, of what came in."""
    return {"partition": message.partition(), "offset": message.offset()}


def zone(environ: Mapping[str, str]) -> str:
    """The time zone whose midnight parts the weeks; the default where the configured one does not exist."""
    name = _value(environ, "ingest", "zone", _ZONE)
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError):
        return _ZONE


def _read(environ: Mapping[str, str]) -> dict[str, Any]:
    if not environ.get(CONFIG):
        return {}
    path = Path(environ[CONFIG])
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{CONFIG} names {path}, which cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ConfigurationError(f"{path} is no TOML: {error}; mend it") from None


def _section(data: Mapping[str, Any], name: str) -> Any:
    return data.get(name, {})


def _value(environ: Mapping[str, str], section: str, key: str, default: str) -> str:
    if (text := environ.get(f"STEMWACHT_{section}__{key}".upper())) is not None:
        return text
    try:
        found = _section(_read(environ), section)
    except ConfigurationError:
        return default
    value = found.get(key, default) if isinstance(found, dict) else default
    return value if isinstance(value, str) else default


def _source_name(variable: str) -> str:
    return variable.removeprefix(_SOURCES).lower()


def _source(name: str, given: Any) -> Source:
    try:
        table = _table(name, given)
        return Source(name, str(table.get("kind", "unknown")), _minutes(name, table))
    except ConfigurationError as error:
        return Source(name, "unknown", EVERY_MINUTES, fault=str(error))


def _table(name: str, given: Any) -> dict[str, Any]:
    """A table of the file as it is; text of the environment is JSON."""
    try:
        table = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        table = None
    if isinstance(table, dict):
        return table
    raise ConfigurationError(f"source '{name}' is no table; write [sources.{name}], or a JSON object in {_SOURCES}…")


def _minutes(name: str, table: Mapping[str, Any]) -> float:
    value = table.get("every_minutes", EVERY_MINUTES)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _MOST_MINUTES:
        return max(float(value), _LEAST_MINUTES)
    raise ConfigurationError(
        f"source '{name}': every_minutes is {value!r}; write a number above 0, and at most {_MOST_MINUTES:,.0f}"
    )
