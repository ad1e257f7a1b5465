"""Messages as columns: what can be placed in time and names its account; and a word for what cannot."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from ingest import Message

DAY = 86_400
_FINE = ("second", "minute")


@dataclass(frozen=True)
class Columns:
    """Distinct messages by time then id, with seconds since 1970, account, source and language as numbers.

    `order` is a number drawn from the id: sorting by it is a shuffle that every run repeats.
    """

    messages: list[Message]
    time: NDArray[np.int64]
    account: NDArray[np.int64]
    source: NDArray[np.int64]
    language: NDArray[np.int64]
    order: NDArray[np.int64]
    accounts: list[str]

    def __len__(self) -> int:
        return len(self.messages)

    @cached_property
    def day(self) -> NDArray[np.int64]:
        """Days since 1970, UTC."""
        return self.time // DAY


def columns(messages: Sequence[Message]) -> tuple[Columns, tuple[str, ...]]:
    """The messages that a burst can be made of, and notes on the others."""
    distinct = _distinct(messages)
    by_id = [distinct[identity] for identity in sorted(distinct)]
    missing = list(map(_missing, by_id))
    usable = [message for message, lacks in zip(by_id, missing, strict=True) if lacks is None]
    # published is there: `_missing` let only such messages through.
    stamps = np.fromiter((m.published.timestamp() for m in usable if m.published), np.float64, len(usable))
    by_time = np.argsort(stamps, kind="stable")
    kept = [usable[at] for at in by_time]
    account, accounts = _numbered([m.author or "" for m in kept])
    source, _ = _numbered([m.source for m in kept])
    language, _ = _numbered([m.language or "" for m in kept])
    order = np.fromiter((crc32(m.id.encode("utf-8", "replace")) for m in kept), np.int64, len(kept))
    time = np.floor(stamps[by_time]).astype(np.int64)
    read = Columns(kept, time, account, source, language, order, accounts)
    return read, (*_told(Counter(missing)), *_flat(read))


def _distinct(messages: Sequence[Message]) -> dict[str, Message]:
    """By id; of records that differ under one id the same one whatever their order."""
    held: dict[str, Message] = {}
    for message in messages:
        other = held.setdefault(message.id, message)
        if other is not message and other != message:
            held[message.id] = min(other, message, key=msgspec.json.encode)
    return held


def _missing(message: Message) -> str | None:
    if message.published is None or message.published_precision == "unknown":
        return "time"
    if message.published_precision not in _FINE:
        return "clock"
    return None if message.author else "account"


def _numbered(names: Sequence[str]) -> tuple[NDArray[np.int64], list[str]]:
    """Each name as its place among the distinct names, sorted."""
    distinct = sorted(set(names))
    place = {name: i for i, name in enumerate(distinct)}
    return np.fromiter((place[name] for name in names), np.int64, len(names)), distinct


def _told(missing: Counter[str | None]) -> list[str]:
    words = {
        "time": "{} messages carry no usable time: bursts were not looked for among them",
        "clock": "{} messages are dated to the day only: no burst is judged from them",
        "account": "{} messages name no account: bursts count accounts, so these were left out",
    }
    return [text.format(f"{missing[kind]:,}") for kind, text in words.items() if missing[kind]]


def _flat(read: Columns) -> list[str]:
    if not len(read):
        return ["no message has both a clock time and an account: bursts could not be judged"]
    if len(read.accounts) == 1:
        return ["all messages come from one account: bursts of several accounts could not be judged"]
    if read.time[0] == read.time[-1]:
        return ["all messages carry the same second: there is no rhythm to judge a burst against"]
    return []
