"""From a row to a message."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from ingest.cells import as_author, as_list, as_name, as_text, as_weight
from ingest.identity import message_id
from ingest.judging import damaged
from ingest.links import canonical, found_links, with_clean_links
from ingest.markup import readable
from ingest.message import Message
from ingest.names_in_text import without_names
from ingest.placeholders import placeholder_name
from ingest.pseudonyms import Pseudonyms
from ingest.roles import Role, columns_of
from ingest.rows import Row, Value
from ingest.scrub import scrubbed
from ingest.time_rules import TimeRule, read_time
from ingest.times import Parsed
from ingest.understanding import Understanding

LONGEST_TEXT_CHARS = 100_000
_HASHTAG = re.compile(r"(?<![\w&/#])#(\w*[^\W\d_]\w*)")


class Draft(msgspec.Struct, frozen=True):
    """A message before its identity is settled: `id` is its final one only if the record has an id of its own."""

    message: Message
    has_id: bool
    notes: tuple[str, ...]


def builder(understanding: Understanding, pseudonyms: Pseudonyms, latest: datetime) -> Callable[[Row], Draft | None]:
    """A function that makes a draft of each row, or None of a row that says nothing; times after `latest` are unknown."""
    columns = {role: columns_of(column, understanding.columns) for role, column in understanding.mapping.items()}

    def build(row: Row) -> Draft | None:
        return _draft(row, columns, understanding, pseudonyms, latest)

    return build


def _draft(
    row: Row,
    columns: Mapping[Role, tuple[str, ...]],
    understanding: Understanding,
    pseudonyms: Pseudonyms,
    latest: datetime,
) -> Draft | None:
    def cell(role: Role) -> Value:
        names = columns.get(role)
        return row.values.get(names[0]) if names else None

    notes: list[str] = []
    written = _written(row, columns)
    author = as_author([row.values.get(name) for name in columns.get("author", ())])
    native = _native_id(cell("id"), notes)
    if not written.strip() and author is None and native is None:
        return None
    if len(written) > LONGEST_TEXT_CHARS:
        notes.append("cut")
        written = written[:LONGEST_TEXT_CHARS]
    text_written, text, mentions, links = _texts(written, author, pseudonyms)
    published = _time(cell("published"), understanding.published_rule, latest, notes)
    received = _time(cell("received"), understanding.received_rule, latest, notes)
    source = understanding.source
    message = Message(
        id=message_id(source, native) if native else "",
        source=source,
        native_id=native or f"row:{row.number}",
        kind=understanding.kind,
        text=text,
        text_written=text_written,
        author=pseudonyms.of(author) if author else None,
        published=published[0] if published else None,
        published_precision=published[1] if published else "unknown",
        received=received[0] if received else None,
        language=_language(cell("language")),
        channel=_safe(cell("channel"), pseudonyms),
        links=tuple(dict.fromkeys([*_links(cell("links"), pseudonyms), *links])),
        hashtags=_hashtags(cell("hashtags"), text),
        mentions=tuple(dict.fromkeys([*map(pseudonyms.of, as_list(cell("mentions"))), *mentions])),
        reply_to=_reference(cell("reply_to"), source),
        repost_of=_reference(cell("repost_of"), source),
        organisation=_safe(cell("organisation"), pseudonyms),
        declared_campaign=_safe(cell("declared_campaign"), pseudonyms),
        weight=as_weight(cell("weight")),
        placeholder=placeholder_name(text),
    )
    return Draft(message, native is not None, tuple(notes))


def _written(row: Row, columns: Mapping[Role, tuple[str, ...]]) -> str:
    """The body, under its title where the mapping names one."""
    parts = [as_text(row.values.get(name)) for role in ("title", "text") for name in columns.get(role, ())]  # type: ignore[call-overload]
    return "\n\n".join(part for part in parts if part) if len(parts) > 1 else parts[0]


def _texts(written: str, author: str | None, pseudonyms: Pseudonyms) -> tuple[str, str, list[str], list[str]]:
    """The text as written and as read, both scrubbed, with its mentions and links."""
    clean = readable(written)
    text, mentions = scrubbed(clean, pseudonyms)
    text = without_names(text, author)
    if clean == written:
        as_written = text
    else:
        as_written = without_names(scrubbed(written.replace("\x00", ""), pseudonyms)[0], author)
        if "href" in written:
            links = dict.fromkeys([*found_links(as_written), *found_links(text)])
            return as_written, with_clean_links(text), mentions, list(links)
    return as_written, with_clean_links(text), mentions, found_links(text)


def _native_id(value: Value, notes: list[str]) -> str | None:
    name = as_name(value)
    if name and damaged(name):
        notes.append("damaged id")
        return None
    return name


def _time(value: Value, rule: TimeRule, latest: datetime, notes: list[str]) -> Parsed | None:
    if value is None or value == "":
        return None
    found = read_time(value, rule)
    if found is None:
        notes.append("unreadable time")
    elif found[0] > latest:
        notes.append("future time")
        return None
    return found


def _language(value: Value) -> str | None:
    """The two or three letters of the language; `und` and its kin are no language."""
    code = (as_list(value) or [""])[0].lower().replace("_", "-").partition("-")[0]
    return (
        code
        if 2 <= len(code) <= 3 and code.isalpha() and code not in ("und", "mul", "zxx", "qme", "qst", "nan")
        else None
    )


def _safe(value: Value, pseudonyms: Pseudonyms) -> str | None:
    name = as_name(value)
    return scrubbed(name, pseudonyms)[0] if name else None


def _links(value: Value, pseudonyms: Pseudonyms) -> list[str]:
    return [canonical(scrubbed(link, pseudonyms)[0]) for link in as_list(value) if "://" in link] if value else []


def _hashtags(value: Value, text: str) -> tuple[str, ...]:
    tags = [tag.lstrip("#").casefold() for tag in as_list(value)] if value else []
    if "#" in text:
        tags += [tag.casefold() for tag in _HASHTAG.findall(text)]
    return tuple(dict.fromkeys(filter(None, tags))) if tags else ()


def _reference(value: Value, source: str) -> str | None:
    """The id that the message replied to or reposted has, or would have, in this house."""
    name = as_name((as_list(value) or [None])[0]) if isinstance(value, list) else as_name(value)
    return message_id(source, name) if name and name.casefold() not in ("false", "no", "0") else None
