"""When something was last done, kept in the store: whoever does it next, after a restart or elsewhere, knows."""

from datetime import datetime, timedelta

import msgspec

from store import Document, Store

RECONCILE, ACTIVITY, NEWS = "reconciled", "looked at accounts", "received"


class _Done(msgspec.Struct, frozen=True):
    at: datetime


def is_due(store: Store, what: str, minutes: float, now: datetime) -> bool:
    """Whether so many minutes have passed since it was last done, or it never was."""
    last = last_done(store, what)
    return last is None or now - last >= timedelta(minutes=minutes)


def has_happened_since(store: Store, event: str, what: str) -> bool:
    """Whether `event` was marked after `what` was last done, or that never was."""
    happened, last = last_done(store, event), last_done(store, what)
    return happened is not None and (last is None or happened >= last)


def last_done(store: Store, what: str) -> datetime | None:
    """When it was last done; None for never."""
    documents = store.get("state", [what])
    return msgspec.json.decode(documents[0].body, type=_Done).at if documents else None


def mark_done(store: Store, what: str, now: datetime) -> None:
    """Remember that it was done now."""
    store.upsert("state", [Document(id=what, body=msgspec.json.encode(_Done(now)))])
