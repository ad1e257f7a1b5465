"""The lines of youtube-comment-downloader: one comment each."""

import re
from datetime import UTC, date, datetime
from typing import Any

from ingest.json_values import names_in, objects_in, rows_of_pages, string_in
from ingest.places import Opening, Place
from ingest.rows import Row, Table
from ingest.signatures import keys_of

EXAMPLE = '{"cid": "Ugx…", "text": "…", "time": "3 days ago", "author": "@…", "channel": "UC…", "votes": "3", …}'
_KEYS = frozenset(("cid", "text", "time", "author", "channel", "votes", "photo", "heart"))
_COARSE = re.compile(
    r"\b(?:week|month|year|wek(?:en)?\b|maand|jaar|jahr|woche|monat|semaine|mois|s[ăa]pt[ăa]m|lun[iăa]|semana|mes(?:es)?\b"
    r"|a[ñn]o|settiman|mes[ei]|ann[oi])|\d an[si]?\b",
    re.IGNORECASE,
)


def recognise(file: Opening) -> float:
    """By the keys of a comment."""
    return 0.98 if keys_of(file.head) >= _KEYS else 0.0


def read(place: Place) -> Table:
    """Each comment a row. Its time comes from words as `3 days ago`, so that it is known to the day at best."""
    return Table(
        "comments of youtube-comment-downloader", rows_of_pages(place, _comments, _row), native=True, kind="post"
    )


def _comments(value: dict[str, Any]) -> list[dict[str, Any]]:
    """With --pretty all comments stand in one object."""
    return objects_in(value.get("comments")) or [value]


def _row(number: int, comment: dict[str, Any]) -> Row:
    name = string_in(comment.get("cid"))
    parent, dot, _ = (name or "").partition(".")
    return Row(
        number,
        {
            "id": name,
            "text": string_in(comment.get("text")),
            "author": string_in(comment.get("channel")) or string_in(comment.get("author")),
            "names": names_in(comment, "author"),
            "published": _day(comment),
            "reply_to": parent if dot else None,
        },
    )


def _day(comment: dict[str, Any]) -> date | None:
    """The day, or None where the words are of weeks or more: all comments `1 year ago` would fall on one day."""
    seconds, words = comment.get("time_parsed"), string_in(comment.get("time")) or ""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or _COARSE.search(words):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
