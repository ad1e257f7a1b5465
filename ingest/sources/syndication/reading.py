"""RSS and Atom as rows."""

import io
import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any

import feedparser  # type: ignore[import-untyped]
import msgspec

from ingest.flattening import sound
from ingest.rows import Value

MOST_ENTRIES = 2000
_DIGEST_BYTES = 8
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\(([^()]+)\)")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class NoFeedError(Exception):
    """What was fetched is no feed."""


class Entry(msgspec.Struct, frozen=True):
    """One entry: what it is known by, what tells one version of it from another, and its columns."""

    key: str
    version: str
    number: int
    published: datetime | None
    values: Mapping[str, Value]


class Feed(msgspec.Struct, frozen=True):
    """The entries of a feed, oldest first as far as it shows its newest first."""

    entries: Sequence[Entry]


def read_feed(content: bytes, *, content_type: str, url: str, told: str, channel: str | None, now: datetime) -> Feed:
    """The entries; `told` names the feed where an entry's own id is unique in it alone. Raises `NoFeedError`."""
    headers = {"content-type": content_type, "content-location": url}
    try:
        document = feedparser.parse(io.BytesIO(content), response_headers=headers)
    except Exception as error:  # its parser meets what strangers write, and fails in many ways
        raise NoFeedError(f"it cannot be parsed ({type(error).__name__})") from None
    if not document.get("version") and not document.entries:
        raise NoFeedError("it is no RSS or Atom feed")
    about = document.feed
    rows = [
        _entry(number, entry, about, told, channel, now)
        for number, entry in enumerate(document.entries[:MOST_ENTRIES], 1)
    ]
    return Feed(rows[::-1])


def _entry(
    number: int, entry: Mapping[str, Any], about: Mapping[str, Any], told: str, channel: str | None, now: datetime
) -> Entry:
    title, body = _text(entry, "title"), _body(entry)
    names, link = _names(entry), _text(entry, "link") or None
    author = ", ".join(names) or None
    published = _published(entry)
    version = _digest(title, body, author or "", link or "", _text(entry, "published") or _text(entry, "updated"))
    own = _text(entry, "id") or link or f"content-{version}"
    name = own if _ABSOLUTE.match(own) else f"{told}#{own}"
    values: dict[str, Value] = {
        "id": name,
        "title": title if title not in body else None,
        "text": body,
        "author": author,
        "names": [*names],
        "published": published,
        "received": now,
        "language": _text(entry, "language") or _text(about, "language") or None,
        "channel": channel or _text(about, "title") or told,
        "links": [link] if link else [],
    }
    return Entry(_digest(name), version, number, published if isinstance(published, datetime) else None, values)


def _body(entry: Mapping[str, Any]) -> str:
    """The longest of what the entry offers as its text: feeds give an excerpt, the whole, or both."""
    contents = entry.get("content") or []
    offered = [str(part.get("value") or "") for part in contents if _is_text(part)]
    return max([*offered, _text(entry, "summary")], key=len)


def _is_text(part: Mapping[str, Any]) -> bool:
    return str(part.get("type") or "text/html").lower().startswith(("text/", "application/xhtml"))


def _published(entry: Mapping[str, Any]) -> Value:
    """When it was published, else when it was changed; a date without a clock stays a day."""
    for name in ("published", "updated"):
        if name not in entry:
            continue
        written, parsed = _text(entry, name), entry.get(f"{name}_parsed")
        if _DAY.fullmatch(written):
            return date.fromisoformat(written) if parsed else written
        if parsed:
            try:
                return datetime.fromtimestamp(timegm(parsed), UTC)
            except (ValueError, TypeError, OverflowError, OSError):
                return written
        if written:
            return written
    return None


def _names(entry: Mapping[str, Any]) -> list[str]:
    """Who wrote it. RSS has `mail (Name)` for an author, which the parser tears apart where the mail ends unusually."""
    told = [author for author in entry.get("authors") or [] if isinstance(author, Mapping)]
    names = [sound(name).strip() for author in told if isinstance(name := author.get("name"), str)]
    written = _text(entry, "author")
    if len(names) > 1 or not written:
        return names
    match = _MAIL_AND_NAME.fullmatch(written)
    return [match[1].strip() if match else written]


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name) if name in entry else None  # its `get` falls back on other names
    return sound(value).strip() if isinstance(value, str) else ""


def _digest(*parts: str) -> str:
    return blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()
