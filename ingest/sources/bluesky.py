"""Bluesky: posts as the network tells of them, and what is taken back."""

import importlib
from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from ingest.batches import Batch
from ingest.bluesky_records import POST, REPOST
from ingest.desk import Desk
from ingest.sources import not_installed
from ingest.sources.atmosphere import Selection, Transport, batches_of, cursor_from

EXAMPLE = """\
[sources.bluesky]
kind = "bluesky"
languages = ["nl"]
keywords = ["verkiezing", "tweede kamer"]
hashtags = ["tk2026"]
"""
QUIET_HOURS = 1.0
_Relay = Annotated[str, Meta(pattern=r"^wss?://[^\s/]+")]
_Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
_Words = Annotated[str, Meta(pattern=r"\w")]


def pull(
    desk: Desk,
    cursor: str | None,
    *,
    transport: Literal["jetstream", "firehose"] = "jetstream",
    relay: _Relay | None = None,
    languages: tuple[_Language, ...] = (),
    keywords: tuple[_Words, ...] = (),
    hashtags: tuple[_Words, ...] = (),
    reposts: bool = False,
    seconds: Annotated[float, Meta(gt=0, le=3600)] = 50.0,
) -> Iterator[Batch]:
    """Posts in one of the languages that hold one of the keywords or bear one of the hashtags, and all deletions.

    A pull reads on from its cursor until it has caught up, for so many seconds at most; the first one begins at the
    moment. A repost has no text to choose by: with `reposts` every one comes. Raises `SourceError`.
    """
    collections = (POST, REPOST) if reposts else (POST,)
    stream = _stream(transport, relay, collections)
    return batches_of(desk, stream, Selection(languages, keywords, hashtags), cursor_from(cursor), seconds)


def _stream(transport: str, relay: str | None, collections: tuple[str, ...]) -> Transport:
    """The stream of that name; what only one of them needs is imported for that one alone."""
    try:
        module = importlib.import_module(f"{__package__}.atmosphere.{transport}")
    except ModuleNotFoundError as error:
        raise not_installed(f"transport {transport!r}", error) from None
    opened: Transport = module.stream(relay, collections)
    return opened
