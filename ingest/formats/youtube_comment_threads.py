"""YouTube comments as the Data API gives them: threads with their first replies, or lists of comments."""

from collections.abc import Iterator
from typing import Any

from ingest.json_values import names_in, object_in, objects_in, rows_of_pages, string_in
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Row, Table
from ingest.systems.known_accounts import KnownAccounts

EXAMPLE = (
    '{"kind": "youtube#commentThreadListResponse", "items": [{"snippet": {"topLevelComment": {…}}, "replies": {…}}]}'
)


def recognise(file: Opening) -> float:
    """By the kinds that the API names."""
    start = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start not in (b"{", b"["):
        return 0.0
    return 0.98 if b'"youtube#comment' in file.head and b'"snippet"' in file.head else 0.0


def read(place: Place) -> Table:
    """Each comment a row, replies after what they answer, in one answer of the API or several (an array, or lines)."""
    return Table(
        "comments of the YouTube Data API", rows_of_pages(place, _among_others, _row), native=True, kind="post"
    )


def _among_others(answer: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str | None, KnownAccounts]]:
    """The comments of an answer, each with those who wrote any of them."""
    found = list(_comments(answer))
    snippets = [object_in(comment.get("snippet")) for comment, _ in found]
    accounts = KnownAccounts((string_in(one.get("authorDisplayName")), _author(one)) for one in snippets)
    return ((comment, video, accounts) for comment, video in found)


def _comments(answer: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str | None]]:
    """The comments and the video that they stand under; replies do not name it themselves in every version."""
    for item in objects_in(answer.get("items")) or [answer]:
        snippet = object_in(item.get("snippet"))
        video = string_in(snippet.get("videoId"))
        top = object_in(snippet.get("topLevelComment"))
        yield (top or item), video
        for reply in objects_in(object_in(item.get("replies")).get("comments")):
            yield reply, video


def _author(snippet: dict[str, Any]) -> str | None:
    found = object_in(snippet.get("authorChannelId")).get("value") or snippet.get("authorChannelUrl")
    return string_in(found) or string_in(snippet.get("authorDisplayName"))


def _row(number: int, found: tuple[dict[str, Any], str | None, KnownAccounts]) -> Record:
    comment, video, accounts = found
    snippet = object_in(comment.get("snippet"))
    text = string_in(snippet.get("textOriginal")) or string_in(snippet.get("textDisplay"))
    if not snippet or (text is None and "textDisplay" not in snippet):
        return NotMessage(number, "answer without comments")
    return Row(
        number,
        {
            "id": string_in(comment.get("id")),
            "text": text,
            "author": _author(snippet),
            "names": names_in(snippet, "authorDisplayName"),
            "published": string_in(snippet.get("publishedAt")),
            "channel": string_in(snippet.get("videoId")) or video,
            "mentions": [*accounts.mentioned_in(text or "")],
            "reply_to": string_in(snippet.get("parentId")),
        },
    )
