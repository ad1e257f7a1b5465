"""From a row to a message."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from ingest.cells import as_author, as_name, as_names, as_text
from ingest.identity import message_id
from ingest.large_numbers import damaged
from ingest.message import Message
from ingest.optional_fields import Reader, readers
from ingest.pseudonyms import Pseudonyms
from ingest.roles import columns_of
from ingest.rows import Row, Value
from ingest.text.body import Body, body
from ingest.text.placeholders import placeholder_name
from ingest.text.scrub import scrubbed
from ingest.time_rules import TimeRule, read_time
from ingest.times import Parsed
from ingest.understanding import Understanding

LONGEST_TEXT_CHARS = 100_000
_LEAST_ACCOUNT_CHARS = 5
_NOTHING: tuple[Value, ...] = (None, "", [])
_HASHTAG = re.compile(r"(?<![\w&/#])#(\w*[^\W\d_]\w*)")


class Draft(msgspec.Struct, frozen=True):
    """A message before its identity is settled: `id` is its final one only if the record has an id of its own."""

    message: Message
    has_id: bool
    notes: tuple[str, ...]


class _Plan(msgspec.Struct, frozen=True):
    """Where the fields of a message stand in a row, worked out once per file."""

    understanding: Understanding
    pseudonyms: Pseudonyms
    latest: datetime
    body: tuple[str, ...]
    author: tuple[str, ...]
    names: tuple[str, ...]
    id: str | None
    published: str | None
    received: str | None
    optional: tuple[tuple[str, str, Reader], ...]


def builder(understanding: Understanding, pseudonyms: Pseudonyms, latest: datetime) -> Callable[[Row], Draft | None]:
    """A function that makes a draft of a row, or None of one that says nothing; times after `latest` are unknown."""
    mapping, columns = understanding.mapping, understanding.columns
    parts = {role: columns_of(column, columns) for role, column in mapping.items()}
    fields = readers(understanding.source, pseudonyms)
    plan = _Plan(
        understanding=understanding,
        pseudonyms=pseudonyms,
        latest=latest,
        body=parts.get("title", ()) + parts.get("text", ()),
        author=parts.get("author", ()),
        names=parts.get("names", ()),
        id=mapping.get("id"),
        published=mapping.get("published"),
        received=mapping.get("received"),
        optional=tuple((role, column, fields[role]) for role, column in mapping.items() if role in fields),
    )
    return lambda row: _draft(row, plan)


def _draft(row: Row, plan: _Plan) -> Draft | None:
    notes = list(row.notes)
    values = row.values
    written = _written([values.get(name) for name in plan.body], notes)
    author = as_author([values.get(name) for name in plan.author])
    native = _native_id(values.get(plan.id), notes) if plan.id else None
    if author is None and native is None and not written.strip():
        return None
    understanding = plan.understanding
    text = body(written, _called(author, values, plan), plan.pseudonyms, letter=understanding.kind == "letter")
    optional = {role: read(value) for role, name, read in plan.optional if (value := values.get(name)) not in _NOTHING}
    published = _time(values.get(plan.published), understanding.published_rule, plan, notes) if plan.published else None
    received = _time(values.get(plan.received), understanding.received_rule, plan, notes) if plan.received else None
    message = Message(
        id=message_id(understanding.source, native) if native else "",
        source=understanding.source,
        native_id=_shown_id(native, author, row.number, plan.pseudonyms),
        kind="share" if not text.text and _shares(optional) else understanding.kind,
        text=text.text,
        text_written=text.written,
        author=plan.pseudonyms.of(author) if author else None,
        published=published[0] if published else None,
        published_precision=published[1] if published else "unknown",
        received=received[0] if received else None,
        placeholder=None if not text.text and _shares(optional) else _placeholder(text.text, row),
        **_with_found(optional, text),
    )
    return Draft(message, native is not None, tuple(notes))


def _placeholder(text: str, row: Row) -> str | None:
    """What the text stands for; where there is none but files came with the record, for what stands in those."""
    name = placeholder_name(text)
    return "attachment" if name == "empty" and row.enclosed else name


def _shown_id(native: str | None, author: str | None, row: int, pseudonyms: Pseudonyms) -> str:
    """Where people find the record in their own file: its id, or its row where the id is made of an address.

    An account that an id is made of is in it as its pseudonym.
    """
    if native is None or "@" in native:
        return f"row:{row}"
    in_address = native.removeprefix("at://").partition("/")[0] if native.startswith("at://") else None
    for account in (author, in_address):
        if account and len(account) >= _LEAST_ACCOUNT_CHARS and account in native:
            native = native.replace(account, pseudonyms.of(account))
    return scrubbed(native, pseudonyms)[0] if "://" in native else native


def _called(author: str | None, values: Mapping[str, Value], plan: _Plan) -> list[str]:
    """Every name and handle by which the text may call its author."""
    told = [name for column in plan.names for name in as_names(values.get(column))]
    return list(dict.fromkeys([*([author] if author else []), *told]))


def _shares(optional: dict[str, Any]) -> bool:
    """Whether a record without a word of its own still passes something on."""
    return any(optional.get(role) for role in ("repost_of", "objects", "media"))


def _with_found(optional: dict[str, Any], text: Body) -> dict[str, Any]:
    """The optional fields, with the links and hashtags of the text after those of the columns.

    Those whom the text mentions stand in only for a column: a system that has one names accounts by their key there,
    and the same account would come twice.
    """
    hashtags = [tag.casefold() for tag in _HASHTAG.findall(text.text)] if "#" in text.text else ()
    for role, found in (("links", text.links), ("hashtags", hashtags), ("mentions", text.mentions)):
        told = optional.get(role)
        if role == "mentions" and told:
            continue
        if found or told is not None:
            optional[role] = tuple(dict.fromkeys([*(told if isinstance(told, tuple) else ()), *found]))
    return optional


def _written(parts: list[Value], notes: list[str]) -> str:
    """The body, under its title where the mapping names one; cut at the longest length that is kept."""
    if not parts:
        return ""
    written = as_text(parts[0]) if len(parts) == 1 else "\n\n".join(filter(None, map(as_text, parts)))
    if len(written) <= LONGEST_TEXT_CHARS:
        return written
    notes.append("cut")
    return written[:LONGEST_TEXT_CHARS]


def _native_id(value: Value, notes: list[str]) -> str | None:
    name = as_name(value)
    if name and (damaged(value) or damaged(name)):
        notes.append("damaged id")
        return None
    return name


def _time(value: Value, rule: TimeRule, plan: _Plan, notes: list[str]) -> Parsed | None:
    if value is None or value == "":
        return None
    found = read_time(value, rule)
    if found is None:
        notes.append("unreadable time")
    elif found[0] > plan.latest:
        notes.append("future time")
        return None
    return found
