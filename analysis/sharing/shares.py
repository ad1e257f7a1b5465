"""From messages to shares: what takes part in the test, and what cannot be judged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from analysis.finding import Finding, Trace
from analysis.sharing.columns import Shares, Thing
from analysis.sharing.origins import Origins, origins
from analysis.sharing.traces import TRACES
from ingest import Message

_MINUTE_SECONDS = 60.0
# No platform is older: an earlier time is a clock that was not set.
_EARLIEST_SECONDS = 852_076_800.0
_FUTURE_SECONDS = 86_400.0
_REASONS = {
    "author": "name no author",
    "time": "have no time",
    "day": "have a time known to the day only",
    "minute": "have a time known to the minute only, coarser than the window",
    "impossible": "have a time before 1997 or after they came in",
}


_Name = TypeVar("_Name", str, Thing)


class _Row(NamedTuple):
    account: str
    trace: Trace
    value: str
    seconds: float
    source: str | None
    message: str
    platform: str


def shares(messages: Sequence[Message], families: Sequence[Finding], *, window_seconds: float = 60.0) -> Shares:
    """What these messages share, in an order that does not depend on theirs; a message told twice counts once.

    A time known to the minute takes part where the window is a minute and longer. Names of things are taken without
    outer space; accounts are pseudonyms, made alike for every spelling when the messages came in.
    """
    once = distinct(messages)
    left_out: Counter[str] = Counter()
    rows = list(_rows(once, origins(once, families), window_seconds, left_out))
    return _columns(rows, tuple(_told(left_out)))


def distinct(messages: Iterable[Message]) -> list[Message]:
    """Each id once, by id; of two records with one id the first by content."""
    held: dict[str, Message] = {}
    for message in messages:
        other = held.get(message.id)
        if other is None or (other != message and msgspec.json.encode(message) < msgspec.json.encode(other)):
            held[message.id] = message
    return sorted(held.values(), key=attrgetter("id"))


def _rows(messages: Sequence[Message], known: Origins, window_seconds: float, left_out: Counter[str]) -> Iterator[_Row]:
    for message in messages:
        found = [(trace, *pair) for trace, shared in TRACES.items() for pair in shared(message, known)]
        if not found:
            continue
        reason = _unfit(message, window_seconds)
        if reason is not None or message.author is None or message.published is None:
            left_out[reason or "time"] += 1
            continue
        seconds = message.published.timestamp()
        for trace, value, source in found:
            yield _Row(message.author, trace, value, seconds, source, message.id, message.source)


def _unfit(message: Message, window_seconds: float) -> str | None:
    """Why the message cannot be judged by its moment, None if it can."""
    if message.author is None:
        return "author"
    if message.published is None or message.published_precision == "unknown":
        return "time"
    if message.published_precision == "day":
        return "day"
    if message.published_precision == "minute" and window_seconds < _MINUTE_SECONDS:
        return "minute"
    seconds = message.published.timestamp()
    late = message.received is not None and seconds > message.received.timestamp() + _FUTURE_SECONDS
    return "impossible" if late or seconds < _EARLIEST_SECONDS else None


def _told(left_out: Counter[str]) -> Iterator[str]:
    for reason, words in _REASONS.items():
        if left_out[reason]:
            yield f"{left_out[reason]:,} messages that share something could not be judged: they {words}."


def _columns(rows: Sequence[_Row], notes: tuple[str, ...]) -> Shares:
    accounts, account = _numbered([row.account for row in rows])
    things, thing = _numbered([Thing(row.trace, row.value) for row in rows])
    sources, source = _numbered([f"{row.trace}\x00{row.source}" if row.source else "" for row in rows])
    platforms, platform = _numbered([row.platform for row in rows])
    messages, message = _numbered([row.message for row in rows])
    seconds = np.array([row.seconds for row in rows], dtype=np.float64)
    if sources[:1] == [""]:
        sources, source = sources[1:], source - 1
    order = np.lexsort((message, account, seconds, thing))
    return Shares(
        account[order],
        thing[order],
        seconds[order],
        source[order],
        message[order],
        platform[order],
        accounts,
        things,
        [name.partition("\x00")[2] for name in sources],
        messages,
        platforms,
        notes,
    )


def _numbered(names: Sequence[_Name]) -> tuple[list[_Name], NDArray[np.int64]]:
    """The distinct names, sorted, and the place of each row's name among them."""
    distinct = sorted(set(names))
    place = {name: number for number, name in enumerate(distinct)}
    return distinct, np.fromiter((place[name] for name in names), dtype=np.int64, count=len(names))
