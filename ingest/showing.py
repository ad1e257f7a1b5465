"""A few rows of a file as they will be read, to be shown to the person who has to say whether that is right."""

import secrets
from collections.abc import Mapping

from ingest.cells import as_author, as_name, as_text
from ingest.message import Kind
from ingest.pseudonyms import Pseudonyms
from ingest.roles import Role, columns_of
from ingest.rows import Value
from ingest.sampling import Sample
from ingest.text.body import body
from ingest.text.scrub import scrubbed
from ingest.time_rules import TimeRule, read_time

_ROWS = 3
_SHOWN_CHARS = 80
_READ_CHARS = 1500
_PLAIN: tuple[Role, ...] = ("received", "language", "weight")


def shown(sample: Sample, roles: Mapping[Role, str], kind: Kind, rule: TimeRule) -> tuple[Mapping[str, str], ...]:
    """The first rows by role; the pseudonyms in them are under a key that is thrown away."""
    passing = Pseudonyms(secrets.token_bytes(32))
    parts = {role: columns_of(column, sample.columns) for role, column in roles.items()}
    return tuple(_shown(row, parts, kind, rule, passing) for row in sample.rows[:_ROWS])


def _shown(
    row: Mapping[str, Value], parts: Mapping[Role, tuple[str, ...]], kind: Kind, rule: TimeRule, passing: Pseudonyms
) -> dict[str, str]:
    author = as_author([row.get(name) for name in parts.get("author", ())])
    written = " ".join(as_text(row.get(name)) for name in parts.get("text", ()))[:_READ_CHARS]
    text = body(written, [author] if author else [], passing, letter=kind == "letter").text
    cells = {"text": " ".join(text.split())[:_SHOWN_CHARS]} if "text" in parts else {}
    if "published" in parts:
        cells["published"] = _time(row.get(parts["published"][0]), rule)
    for role in _PLAIN:
        if role in parts and (name := as_name(row.get(parts[role][0]))):
            cells[role] = scrubbed(name, passing)[0][:_SHOWN_CHARS]
    return cells


def _time(value: Value, rule: TimeRule) -> str:
    """The moment as it is understood, in UTC, as exactly as it is known."""
    found = read_time(value, rule)
    if found is None:
        return "unknown"
    moment, precision = found
    if precision == "day":
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}" + (f":{moment:%S}" if precision == "second" else "") + " UTC"
