"""Reposts: the post that was passed on; the source is who wrote it."""

from collections.abc import Iterator

from analysis.sharing.origins import Origins
from ingest import Message


def shared(message: Message, origins: Origins) -> Iterator[tuple[str, str | None]]:
    """The post that the message passes on, with its author where the record or the data name him."""
    reposted = (message.repost_of or "").strip()
    if reposted:
        yield reposted, message.repost_author or origins.author_of.get(reposted)
