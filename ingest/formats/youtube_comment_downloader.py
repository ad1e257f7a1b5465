"""What youtube-comment-downloader writes: a comment per line or per row of a table, or all of them in one object."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from ingest.formats import delimited
from ingest.json_values import JsonValue, json_values, names_in, object_in, objects_in, rows_of_pages, string_in
from ingest.opening import head_of
from ingest.places import Opening, Place
from ingest.rows import Record, Row, Table
from ingest.signatures import header_of, keys_of
from ingest.systems.known_accounts import KnownAccounts

EXAMPLE = '{"cid": "Ugx…", "text": "…", "time": "3 days ago", "author": "@…", "channel": "UC…", "votes": "3", …}'
_KEYS = frozenset(("cid", "text", "time", "author", "channel", "votes", "photo", "heart"))
_COLUMNS = frozenset(("cid", "text", "time", "author", "channel"))
_COARSE = re.compile(
    r"\b(?:week|month|year|wek(?:en)?\b|maand|jaar|jahr|woche|monat|semaine|mois|s[ăa]pt[ăa]m|lun[iăa]|semana|mes(?:es)?\b"
    r"|a[ñn]o|settiman|mes[ei]|ann[oi])|\d an[si]?\b",
    re.IGNORECASE,
)


def recognise(file: Opening) -> float:
    """By the keys of a comment, or by the columns that have their names."""
    return 0.98 if keys_of(file.head) >= _KEYS or header_of(file.head) >= _COLUMNS else 0.0


def read(place: Place) -> Table:
    """Each comment a row. Its time comes from words as `3 days ago`, so that it is known to the day at best."""
    rows = _of_json(place) if keys_of(head_of(place)) else _of_table(place)
    return Table("comments of youtube-comment-downloader", rows, native=True, kind="post")


def _of_json(place: Place) -> Iterator[Record]:
    values = (object_in(item.value) for item in json_values(place) if isinstance(item, JsonValue))
    accounts = _accounts(comment for value in values for comment in _comments(value))
    yield from rows_of_pages(place, _comments, lambda number, comment: _row(number, comment, accounts))


def _of_table(place: Place) -> Iterator[Record]:
    cells = delimited.columns(place, ("author", "channel"))
    accounts = _accounts({"author": author, "channel": channel} for author, channel in cells)
    for row in delimited.read(place).rows:
        yield _row(row.number, dict(row.values), accounts) if isinstance(row, Row) else row


def _accounts(comments: Iterable[dict[str, Any]]) -> KnownAccounts:
    return KnownAccounts((string_in(one.get("author")), string_in(one.get("channel"))) for one in comments)


def _comments(value: dict[str, Any]) -> list[dict[str, Any]]:
    """With --pretty all comments stand in one object."""
    return objects_in(value.get("comments")) or [value]


def _row(number: int, comment: dict[str, Any], accounts: KnownAccounts) -> Row:
    name, text = string_in(comment.get("cid")), string_in(comment.get("text"))
    parent, dot, _ = (name or "").partition(".")
    return Row(
        number,
        {
            "id": name,
            "text": text,
            "author": string_in(comment.get("channel")) or string_in(comment.get("author")),
            "names": names_in(comment, "author"),
            "published": _day(comment),
            "mentions": [*accounts.mentioned_in(text or "")],
            "reply_to": parent if dot else None,
        },
    )


def _day(comment: dict[str, Any]) -> date | None:
    """The day, or None where the words are of weeks or more: all comments `1 year ago` would fall on one day."""
    seconds, words = comment.get("time_parsed"), string_in(comment.get("time")) or ""
    if isinstance(seconds, str):
        with contextlib.suppress(ValueError):
            seconds = float(seconds)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or _COARSE.search(words):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
