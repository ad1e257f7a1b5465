"""Pictures and films by their hash or key; where they were made is not in the data."""

from collections.abc import Iterator

from analysis.sharing.origins import Origins
from ingest import Message


def shared(message: Message, origins: Origins) -> Iterator[tuple[str, str | None]]:
    """Each picture or film once."""
    if message.repost_of is None:
        for key in dict.fromkeys(filter(None, map(str.strip, message.media))):
            yield key, None
