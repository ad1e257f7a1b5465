"""Bluesky posts as its API shows them: getPosts, feeds, searches and threads."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ingest.bluesky_records import post_row, repost_row
from ingest.json_values import names_in, object_in, objects_in, rows_of_pages, string_in
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Row, Table
from ingest.signatures import keys_of
from ingest.systems.known_accounts import KnownAccounts
from ingest.times import parsed

EXAMPLE = '{"posts": [{"uri": "at://did:plc:…/app.bsky.feed.post/…", "author": {"did": "…"}, "record": {"text": "…"}}]}'
_KEYS = frozenset(("uri", "cid", "author", "did", "record", "indexedAt"))
_DEPTH = 100


def recognise(file: Opening) -> float:
    """By the keys of a post with its author."""
    return 0.97 if keys_of(file.head) >= _KEYS and b'"at://' in file.head else 0.0


def read(place: Place) -> Table:
    """Each post a row, in one answer of the API or several (an array, or one per line); a feed's reposts as well."""
    return Table("posts of the Bluesky API", rows_of_pages(place, _posts, _row), native=True, kind="post")


def _posts(answer: dict[str, Any]) -> Iterator[tuple[dict[str, Any], KnownAccounts]]:
    """The posts in an answer, each with those who wrote any of them."""
    views = list(_views(answer))
    authors = (object_in(object_in(view.get("post")).get("author")) for view in views)
    accounts = KnownAccounts((string_in(author.get("handle")), string_in(author.get("did"))) for author in authors)
    return ((view, accounts) for view in views)


def _views(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The posts in an answer, each in an object that may say who reposted it."""
    if "uri" in answer and "record" in answer:
        yield {"post": answer}
    for post in objects_in(answer.get("posts")):
        yield {"post": post}
    yield from objects_in(answer.get("feed"))
    yield from _thread(object_in(answer.get("thread")), 0)


def _thread(thread: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH or not thread:
        return
    yield from _thread(object_in(thread.get("parent")), depth + 1)
    yield {"post": thread.get("post")}
    for reply in objects_in(thread.get("replies")):
        yield from _thread({**reply, "parent": None}, depth + 1)


def _row(number: int, found: tuple[dict[str, Any], KnownAccounts]) -> Record:
    view, accounts = found
    post = object_in(view.get("post"))
    record = object_in(post.get("record"))
    uri, did = string_in(post.get("uri")), string_in(object_in(post.get("author")).get("did"))
    if not record:
        return NotMessage(number, "post that is gone or not shown")
    row = post_row(number, uri, did, record, _moment(post.get("indexedAt")))
    named = names_in(object_in(post.get("author")), "displayName", "handle")
    mentions = row.values["mentions"] or [*accounts.mentioned_in(string_in(record.get("text")) or "")]
    row = Row(number, {**row.values, "names": named, "mentions": mentions})
    reason = object_in(view.get("reason"))
    return _reposted(row, reason) if "by" in reason else row


def _reposted(row: Row, reason: dict[str, Any]) -> Row:
    """The post once more, by who reposted it and when."""
    original, by = row.values, string_in(object_in(reason.get("by")).get("did"))
    seen = _moment(reason.get("indexedAt"))
    address = string_in(reason.get("uri")) or (f"{by} reposts {original['id']}" if by else None)
    repost = repost_row(row.number, address, by, {"subject": {"uri": original["id"]}}, seen)
    kept = {role: original[role] for role in ("text", "language", "links", "mentions", "hashtags", "media")}
    return Row(row.number, {**repost.values, **kept, "published": seen})


def _moment(value: Any) -> datetime | None:
    found = parsed(string_in(value))
    return found[0] if found else None
