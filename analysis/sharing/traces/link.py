"""Links, in the canonical form that ingest gave them; the source is the site, or the account on a platform."""

from collections.abc import Iterator

from analysis.sharing.origins import Origins, site
from ingest import Message


def shared(message: Message, origins: Origins) -> Iterator[tuple[str, str | None]]:
    """Each link once, with the site it leads to."""
    if message.repost_of is None:
        for link in dict.fromkeys(filter(None, map(str.strip, message.links))):
            yield link, site(link)
