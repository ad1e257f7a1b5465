"""A record of Bluesky (AT Protocol) as a row."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from ingest.json_values import object_in, objects_in, string_in, strings_in
from ingest.rows import Row, Scalar, Value
from ingest.times import parsed

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
_BACKDATED = timedelta(days=1)
_LINK, _TAG, _MENTION = (f"app.bsky.richtext.facet#{kind}" for kind in ("link", "tag", "mention"))


def post_row(number: int, uri: str | None, did: str | None, record: dict[str, Any], arrived: datetime | None) -> Row:
    """A post. `arrived` is when the network saw it. A quoted post is one of the `objects`, under a key of its own."""
    facets = [feature for facet in objects_in(record.get("facets")) for feature in objects_in(facet.get("features"))]
    embeds = list(_embeds(record))
    return Row(
        number,
        {
            "id": uri,
            "text": string_in(record.get("text")) or "",
            "author": did,
            "published": believed_time(record.get("createdAt"), arrived),
            "received": arrived,
            "language": [*strings_in(record.get("langs"))],
            "links": [*_values(facets, _LINK, "uri"), *_external(embeds)],
            "mentions": [*_values(facets, _MENTION, "did")],
            "hashtags": [*_values(facets, _TAG, "tag"), *strings_in(record.get("tags"))],
            "reply_to": string_in(object_in(object_in(record.get("reply")).get("parent")).get("uri")),
            "repost_of": None,
            "repost_author": None,
            "media": [*_media(embeds)],
            "objects": [*_quoted(embeds)],
        },
    )


def repost_row(number: int, uri: str | None, did: str | None, record: dict[str, Any], arrived: datetime | None) -> Row:
    """A repost, which says nothing itself."""
    subject = string_in(object_in(record.get("subject")).get("uri"))
    row = post_row(number, uri, did, {"createdAt": record.get("createdAt")}, arrived)
    return Row(number, {**row.values, "repost_of": subject, "repost_author": author_in(subject)})


def author_in(uri: str | None) -> str | None:
    """The account in `at://account/collection/key`."""
    account = (uri or "").removeprefix("at://").partition("/")[0]
    return account if uri and uri.startswith("at://") and account else None


def believed_time(claimed: Any, arrived: datetime | None) -> Value:
    """The time that the sender's app wrote, as far as it can be believed.

    Nothing is made after the network saw it: then the arrival counts, as in the protocol's own order of posts. What is
    dated more than a day before it arrived was imported or backdated, and is known to the day at best.
    """
    text = string_in(claimed)
    found = parsed(text)
    if found is None or arrived is None:
        return text
    if found[0] > arrived:
        return arrived
    return found[0].date() if arrived - found[0] > _BACKDATED else found[0]


def from_microseconds(value: Any) -> datetime | None:
    """Microseconds since 1970 in UTC, or None for what is no such number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value / 1e6, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _embeds(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is embedded, and the picture or link that stands beside a quoted post."""
    embed = object_in(record.get("embed"))
    yield embed
    yield object_in(embed.get("media"))


def _values(features: list[dict[str, Any]], kind: str, key: str) -> Iterator[str]:
    return (found for item in features if item.get("$type") == kind and (found := string_in(item.get(key))))


def _external(embeds: list[dict[str, Any]]) -> Iterator[Scalar]:
    return (link for embed in embeds if (link := string_in(object_in(embed.get("external")).get("uri"))))


def _quoted(embeds: list[dict[str, Any]]) -> Iterator[Scalar]:
    """The address of a post names its author, so that a digest stands for it."""
    record = object_in(embeds[0].get("record"))
    uri = string_in(record.get("uri")) or string_in(object_in(record.get("record")).get("uri"))
    if uri:
        yield "quoted post " + blake2b(uri.encode(), digest_size=8).hexdigest()


def _media(embeds: list[dict[str, Any]]) -> Iterator[Scalar]:
    """The content hashes of pictures and films: the same file has the same wherever it is posted."""
    for embed in embeds:
        blobs = [item.get("image") for item in objects_in(embed.get("images"))]
        for blob in [*blobs, embed.get("video")]:
            if key := string_in(object_in(object_in(blob).get("ref")).get("$link")):
                yield key
