"""Hashtag sequences: the same tags in the same order.

One tag alone is too common to say anything: everyone who writes about a debate uses it. A sequence of two and more is a
choice, and its order is rarely made twice by accident. Nobody owns a tag, so its source is unknown.
"""

from collections.abc import Iterator

from analysis.sharing.origins import Origins
from ingest import Message

LEAST_TAGS = 2


def shared(message: Message, origins: Origins) -> Iterator[tuple[str, str | None]]:
    """The tags in order, joined by spaces, where there are two and more."""
    tags = [tag.strip().casefold() for tag in message.hashtags if tag.strip()]
    if len(tags) >= LEAST_TAGS and message.repost_of is None:
        yield " ".join(f"#{tag}" for tag in tags), None
