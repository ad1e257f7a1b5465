"""Mastodon statuses as the API gives them: an array, or one per line."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.json_values import (
    JsonValue,
    json_values,
    names_in,
    object_in,
    objects_in,
    rounded,
    rounded_id,
    rows_of_pages,
    string_in,
)
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Row, Table, Value
from ingest.signatures import keys_of

EXAMPLE = '[{"id": "114…", "uri": "https://…/statuses/114…", "content": "<p>…</p>", "account": {…}, "reblog": null}, …]'
_KEYS = frozenset(("uri", "content", "spoiler_text", "reblog", "account", "created_at"))
_MOST_KNOWN = 300_000
_OWN_LINK = re.compile(
    r'<a\s(?=[^<>]*class="[^"]*\b(?:mention|hashtag)\b)[^<>]*>((?:[^<]|<(?!/?a\b))*)</a\s*>', re.IGNORECASE
)

_TAG = re.compile(r"<[^<>]*>")


def recognise(file: Opening) -> float:
    """By the keys of a status."""
    return 0.98 if keys_of(file.head) >= _KEYS else 0.0


def read(place: Place) -> Table:
    """Each status a row; a boost has the text of the original. Private statuses are left where they are."""
    return Table("Mastodon statuses", _rows(place), native=True, kind="post")


def _rows(place: Place) -> Iterator[Record]:
    addresses = _addresses(place)
    yield from rows_of_pages(place, _statuses, lambda number, status: _row(number, status, addresses))


def _statuses(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """A status itself, or those in the answer to a search or around a status."""
    lists = (objects_in(answer.get(name)) for name in ("statuses", "ancestors", "descendants"))
    return [status for found in lists for status in found] or [answer]


def _addresses(place: Place) -> dict[str, str]:
    """The address of each status by its number on this server: replies name the number alone."""
    known: dict[str, str] = {}
    for item in json_values(place):
        for status in _statuses(object_in(item.value)) if isinstance(item, JsonValue) else ():
            for one in (status, object_in(status.get("reblog"))):
                number, address = string_in(one.get("id")), string_in(one.get("uri"))
                if number and address:
                    known[number] = address
        if len(known) >= _MOST_KNOWN:
            break
    return known


def _row(number: int, status: dict[str, Any], addresses: Mapping[str, str]) -> Record:
    if rounded(status.get("id")):
        return rounded_id(number)
    if status.get("visibility") in ("private", "direct"):
        return NotMessage(number, "private status")
    boosted = object_in(status.get("reblog"))
    shown = boosted or status
    parent = string_in(shown.get("in_reply_to_id")) if not boosted else None
    return Row(
        number,
        {
            "id": string_in(status.get("uri")) or string_in(status.get("id")),
            "text": _content(shown),
            "title": string_in(shown.get("spoiler_text")),
            "author": _account(status),
            "names": names_in(object_in(status.get("account")), "display_name", "acct", "username"),
            "published": string_in(status.get("created_at")),
            "language": string_in(shown.get("language")),
            "links": [link] if (link := string_in(object_in(shown.get("card")).get("url"))) else [],
            "mentions": [url for item in objects_in(shown.get("mentions")) if (url := string_in(item.get("url")))],
            "hashtags": [name for item in objects_in(shown.get("tags")) if (name := string_in(item.get("name")))],
            "reply_to": addresses.get(parent, parent) if parent else None,
            "repost_of": string_in(boosted.get("uri")),
            "repost_author": _account(boosted) if boosted else None,
            "media": _media(shown),
        },
    )


def _content(status: Mapping[str, Any]) -> str:
    """Without the links behind mentions and hashtags: they lead to pages of the server, and nobody shared them."""
    return _OWN_LINK.sub(lambda match: _TAG.sub("", match[1]), string_in(status.get("content")) or "")


def _account(status: Mapping[str, Any]) -> str | None:
    """The address of the account, which is the same on every server; its short name is not."""
    account = object_in(status.get("account"))
    return string_in(account.get("url")) or string_in(account.get("acct"))


def _media(status: Mapping[str, Any]) -> Value:
    """The BlurHash, which the same picture has wherever it is posted; those of plain areas are too short to count."""
    hashes = [string_in(item.get("blurhash")) for item in objects_in(status.get("media_attachments"))]
    return [found for found in hashes if found and len(found) >= 20]
