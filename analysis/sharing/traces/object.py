"""Things shared that are no link and no post, as a bare table of shares names them; their source is unknown.

Such a table names links among its things as well. Those stand in the links of the message too, in canonical form, and
are told there: one thing shared is one thing, and its site is known.
"""

from collections.abc import Iterator

from analysis.sharing.origins import Origins, address
from ingest import Message


def shared(message: Message, origins: Origins) -> Iterator[tuple[str, str | None]]:
    """Each thing once; case counts, since ids of things may differ by it alone, outer space does not."""
    if message.repost_of is None:
        links = {address(link) for link in message.links}
        for name in dict.fromkeys(filter(None, map(str.strip, message.objects))):
            if "://" not in name or address(name) not in links:
                yield name, None
