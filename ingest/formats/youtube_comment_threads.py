"""YouTube comments as the Data API gives them: threads with their first replies, or lists of comments."""

from collections.abc import Iterator
from typing import Any

from ingest.json_values import names_in, object_in, objects_in, rows_of_pages, string_in
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Row, Table

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
    return Table("comments of the YouTube Data API", rows_of_pages(place, _comments, _row), native=True, kind="post")


def _comments(answer: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str | None]]:
    """The comments and the video that they stand under; replies do not name it themselves in every version."""
    for item in objects_in(answer.get("items")) or [answer]:
        snippet = object_in(item.get("snippet"))
        video = string_in(snippet.get("videoId"))
        top = object_in(snippet.get("topLevelComment"))
        yield (top or item), video
        for reply in objects_in(object_in(item.get("replies")).get("comments")):
            yield reply, video


def _row(number: int, found: tuple[dict[str, Any], str | None]) -> Record:
    comment, video = found
    snippet = object_in(comment.get("snippet"))
    text = string_in(snippet.get("textOriginal")) or string_in(snippet.get("textDisplay"))
    if not snippet or (text is None and "textDisplay" not in snippet):
        return NotMessage(number, "answer without comments")
    author = object_in(snippet.get("authorChannelId")).get("value") or snippet.get("authorChannelUrl")
    return Row(
        number,
        {
            "id": string_in(comment.get("id")),
            "text": text,
            "author": string_in(author) or string_in(snippet.get("authorDisplayName")),
            "names": names_in(snippet, "authorDisplayName"),
            "published": string_in(snippet.get("publishedAt")),
            "channel": string_in(snippet.get("videoId")) or video,
            "reply_to": string_in(snippet.get("parentId")),
        },
    )
