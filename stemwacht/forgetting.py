"""Forgetting: what is older than it may be kept, and what somebody asks to have erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

import msgspec
from msgspec.structs import replace

from ingest import MESSAGES
from ingest.log import Log
from stemwacht import collections
from stemwacht.collections import stored_finding
from stemwacht.config import Settings
from stemwacht.erased_accounts import names_any, without_accounts
from store import Document, Store

_PART = 500


class Forgotten(msgspec.Struct, frozen=True, kw_only=True):
    """How much was removed; `waiting` are records of the log that every reader had handled."""

    messages: int
    wordings: int
    alerts: int
    waiting: int


def forget_old(store: Store, log: Log, settings: Settings, now: datetime) -> Forgotten:
    """Remove messages and alerts past their time, with wordings that nobody uses any more, and handled log records.

    A message without a time of publication has no age: it goes only by `erase`.
    """
    messages = forget_messages(
        store, store.find("messages", until=now - timedelta(days=settings.privacy.retention_days))
    )
    oldest_alert = now - timedelta(days=settings.privacy.alert_retention_days)
    alerts = store.expire("alerts", oldest_alert)
    return Forgotten(messages=messages[0], wordings=messages[1], alerts=alerts, waiting=log.trim(MESSAGES))


def erase(store: Store, log: Log, *, message_ids: Sequence[str], authors: Sequence[str]) -> Forgotten:
    """Remove these messages, and all of these pseudonyms; families and alerts follow at the next reconcile."""
    erased = erase_messages(store, message_ids=message_ids, authors=authors)
    return replace(erased, waiting=log.trim(MESSAGES))


def erase_messages(store: Store, *, message_ids: Sequence[str], authors: Sequence[str]) -> Forgotten:
    """The same, leaving the log as it is."""
    found = store.get("messages", message_ids)
    found += [document for author in authors for document in store.find("messages", where={"author": author})]
    messages = forget_messages(store, found)
    _strip_alerts(store, {document.id for document in found}, frozenset(authors))
    told = [document.id for document in store.find("activity") if names_any(stored_finding(document), set(authors))]
    store.delete("activity", told)
    return Forgotten(messages=messages[0], wordings=messages[1], alerts=0, waiting=0)


def _strip_alerts(store: Store, gone: set[str], authors: frozenset[str]) -> None:
    """Take erased messages and accounts out of the alerts that rest on them.

    A reconcile gives those that stand new examples.
    """
    stripped = []
    for document in store.find("alerts"):
        alert = collections.stored_alert(document)
        kept = tuple(row for row in alert.evidence if row.message_id not in gone)
        bare = without_accounts(alert, authors)
        if len(kept) < len(alert.evidence):
            bare = replace(bare, evidence=kept, examples=(), shared=(), differs=(), template=None)
        if bare != alert:
            stripped.append(collections.alert_document(bare))
    store.upsert("alerts", stripped)


def forget_messages(store: Store, documents: Iterable[Document]) -> tuple[int, int]:
    """Remove messages, and their wordings with keys and vectors where no other message uses them; counts of both."""
    messages = wordings = 0
    part: list[Document] = []
    for document in [*documents]:
        part.append(document)
        if len(part) == _PART:
            removed = _forget(store, part)
            messages, wordings, part = messages + removed[0], wordings + removed[1], []
    removed = _forget(store, part)
    return messages + removed[0], wordings + removed[1]


def _forget(store: Store, documents: Sequence[Document]) -> tuple[int, int]:
    used = {collections.stored_message(document).text_id for document in documents}
    ids = [document.id for document in documents]
    messages = store.delete("messages", ids)
    store.delete("members", ids)
    unused = sorted(used - _still_used(store, used))
    store.delete("wordings", unused)
    return messages, len(unused)


def _still_used(store: Store, text_ids: set[str]) -> set[str]:
    """Which of the wordings stand in a message; one that very many messages share is not read to its end."""
    used: set[str] = set()
    while text_ids:
        some = list(islice(store.having("messages", "text_id", sorted(text_ids - used)), _PART))
        used |= {collections.stored_message(document).text_id for document in some}
        if len(some) < _PART:
            break
    return used
