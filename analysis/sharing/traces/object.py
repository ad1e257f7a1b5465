"""Things shared that are no link and no post, as a bare table of shares names them; their source is unknown."""

from collections.abc import Iterator

from analysis.sharing.origins import Origins
from ingest import Message


def shared(message: Message, origins: Origins) -> Iterator[tuple[str, str | None]]:
    """Each thing once; case counts, since ids of things may differ by it alone, outer space does not."""
    if message.repost_of is None:
        for name in dict.fromkeys(filter(None, map(str.strip, message.objects))):
            yield name, None
