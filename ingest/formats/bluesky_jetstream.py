"""Bluesky's Jetstream: one event of the network per line."""

from typing import Any

from ingest.bluesky_records import POST, REPOST, from_microseconds, post_row, repost_row
from ingest.json_values import object_in, row_of_each, string_in
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Table
from ingest.signatures import keys_of

EXAMPLE = '{"did":"did:plc:…","time_us":174…,"kind":"commit","commit":{"operation":"create","collection":"…",…}}'
_KEYS = frozenset(("did", "time_us", "kind"))
_EVENTS = frozenset(("commit", "identity", "account"))
_OTHER = {"app.bsky.feed.like": "like", "app.bsky.graph.follow": "follow", "app.bsky.graph.block": "block"}


def recognise(file: Opening) -> float:
    """By the keys of an event."""
    keys = keys_of(file.head)
    return 0.99 if keys >= _KEYS and keys & _EVENTS else 0.0


def read(place: Place) -> Table:
    """New posts and reposts are rows; likes, follows, deletions and events of accounts are no messages."""
    return Table("events of Bluesky's Jetstream", row_of_each(place, _row), native=True, kind="post")


def _row(number: int, event: dict[str, Any]) -> Record:
    commit = object_in(event.get("commit"))
    if not commit:
        return NotMessage(number, f"{'identity' if event.get('kind') == 'identity' else 'account'} event")
    collection = string_in(commit.get("collection"))
    if commit.get("operation") == "delete":
        return NotMessage(number, "deletion")
    if collection not in (POST, REPOST):
        return NotMessage(number, _OTHER.get(collection or "", "other record"))
    did, key = string_in(event.get("did")), string_in(commit.get("rkey"))
    uri = f"at://{did}/{collection}/{key}" if did and key else None
    make = post_row if collection == POST else repost_row
    return make(number, uri, did, object_in(commit.get("record")), from_microseconds(event.get("time_us")))
