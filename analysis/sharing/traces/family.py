"""Text families: messages that say the same. The source is that of the family, where most of its messages name one."""

from collections.abc import Iterator

from analysis.sharing.origins import Origins
from ingest import Message


def shared(message: Message, origins: Origins) -> Iterator[tuple[str, str | None]]:
    """The family that the message belongs to, if any."""
    family = origins.family_of.get(message.id)
    if family is not None and message.repost_of is None:
        yield family, origins.source_of_family.get(family)
