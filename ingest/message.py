"""The message: what the world says, once it is inside the house."""

from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["post", "letter", "share"]
Precision = Literal["second", "minute", "day", "unknown"]


class Message(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One post or letter, without a name in it; or a share: a link, post or picture passed on without a word.

    `id` follows from `source` and the record's own id alone. `native_id` is where people find the record in their own
    file: that id with pseudonyms for the accounts it is made of, or its row. `author` and `mentions` are keyed
    pseudonyms. Times are aware UTC; a time known to the day only keeps `published_precision` "day" and stands at
    midnight. `weight` is how many submissions this one record stands for. `text_written` is the text as the file has
    it, `text` as it is read (mark-up, entities and tracking parameters gone); both have names, handles and e-mail
    addresses scrubbed.
    `repost_author` is the pseudonym of who wrote what is reposted. `media` are the hashes or keys of pictures and
    films, `objects` the things shared that are no link and no post (as a bare table of shares names them).
    """

    id: str
    source: str
    native_id: str
    kind: Kind
    text: str
    text_written: str
    author: str | None = None
    published: datetime | None = None
    published_precision: Precision = "unknown"
    received: datetime | None = None
    language: str | None = None
    channel: str | None = None
    links: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    reply_to: str | None = None
    repost_of: str | None = None
    repost_author: str | None = None
    media: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    organisation: str | None = None
    declared_campaign: str | None = None
    weight: int = 1
    placeholder: str | None = None
