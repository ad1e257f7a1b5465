"""A record of a Decidim platform with its fields laid flat, as its own exports name them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.cells import as_text
from ingest.flattening import sound
from ingest.json_values import rounded, rounded_id, string_in
from ingest.rows import Record, Row, Value

Fields = Mapping[str, Value]
_MACHINE = "machine_translations"
_ESCAPED = re.compile(r"'(?=[=+\-@])")
_OFFSET = re.compile(r"(\d{2}:\d{2}:\d{2}) (?:UTC|([+-]\d{2}):?(\d{2}))$")
_SPACE = re.compile(
    r"^https?://[^/]+/(?:[a-z]{2}/)?(?:processes|assemblies|conferences|initiatives|consultations)/([^/?#]+)"
)
_LAST_NUMBER = re.compile(r"/(\d+)/?$")
_COMMENT = "Decidim::Comments::Comment"


def laid_flat(record: Mapping[str, Any], prefix: str = "", depth: int = 4) -> Iterator[tuple[str, Value]]:
    """The fields of a JSON record under the names that the CSV has, as `author/name`."""
    for key, value in record.items():
        if isinstance(value, dict) and depth:
            yield from laid_flat(value, f"{prefix}{key}/", depth - 1)
        elif isinstance(value, str | int | float) or value is None:
            yield prefix + key, sound(value) if isinstance(value, str) else value


def record_row(number: int, fields: Fields) -> Record:
    """A proposal or a comment as a row."""
    if rounded(fields.get("id")):
        return rounded_id(number)
    text, language = _body(fields)
    return Row(
        number,
        {
            "id": string_in(fields.get("id")),
            "text": text,
            "title": unescaped(as_text(_title(fields, language))),
            "author": _author(fields),
            "names": string_in(fields.get("author/name")),
            "published": _time(as_text(fields.get("published_at") or fields.get("created_at"))),
            "language": string_in(fields.get("locale")) or language,
            "channel": _channel(fields),
            "reply_to": _reply_to(fields),
            "organisation": string_in(fields.get("user_group/name")),
        },
    )


def unescaped(text: str) -> str:
    """Without the quote that keeps a spreadsheet from reading a cell as a formula."""
    return _ESCAPED.sub("", text, count=1) if text.startswith("'") else text


def _body(fields: Fields) -> tuple[str, str | None]:
    """The text and its language: the first one filled, for others may be translations of it."""
    if text := as_text(fields.get("body")):
        return unescaped(text), None
    for name, value in fields.items():
        if name.startswith("body/") and _MACHINE not in name and (text := as_text(value)):
            return unescaped(text), name.removeprefix("body/")
    return "", None


def _title(fields: Fields, language: str | None) -> Value:
    """The title in the language of the text, else the first one filled."""
    if found := fields.get("title") or fields.get(f"title/{language}"):
        return found
    titles = (value for name, value in fields.items() if name.startswith("title/") and _MACHINE not in name)
    return next((value for value in titles if value), None)


def _author(fields: Fields) -> str | None:
    """The number of the account on its platform, which stays when people rename themselves; else the name."""
    return string_in(fields.get("author/id")) or string_in(fields.get("author/name"))


def _time(text: str) -> str:
    return _OFFSET.sub(lambda match: f"{match[1]}{match[2]}:{match[3]}" if match[2] else f"{match[1]}+00:00", text)


def _channel(fields: Fields) -> str | None:
    """The short name of the process, assembly or the like that it belongs to: the one thing all the exports share."""
    address = as_text(fields.get("participatory_space/url") or fields.get("root_commentable_url") or fields.get("url"))
    found = _SPACE.match(address)
    return found[1] if found else address or None


def _reply_to(fields: Fields) -> str | None:
    """The comment answered or the proposal amended, by its number; whatever else a comment stands under by its
    address, for its number may be that of a comment as well."""
    parent = string_in(fields.get("commentable_id"))
    if parent:
        under = string_in(fields.get("root_commentable_url")) or f"{fields.get('commentable_type')} {parent}"
        return parent if fields.get("commentable_type") == _COMMENT else under
    amended = _LAST_NUMBER.search(as_text(fields.get("original_proposal/url")))
    return amended[1] if amended else None
