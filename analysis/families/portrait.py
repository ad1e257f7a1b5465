"""A family as counts: when, where, in which languages, by how many."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ingest import Message

_HOUR = timedelta(hours=1)


def counts(values: Iterable[str | None], weights: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """How much weight each value has, most first; None is left out."""
    held: Counter[str] = Counter()
    for value, weight in zip(values, weights, strict=True):
        if value is not None:
            held[value] += weight
    return tuple(sorted(held.items(), key=lambda item: (-item[1], item[0])))


def senders(messages: Sequence[Message]) -> int | None:
    """Distinct pseudonyms; None where no message names its sender."""
    named = {message.author for message in messages if message.author is not None}
    return len(named) if named else None


def span(messages: Sequence[Message]) -> tuple[datetime | None, datetime | None]:
    """First and last time of publication that is known."""
    times = [message.published for message in messages if message.published is not None]
    return (min(times), max(times)) if times else (None, None)


def peak(messages: Sequence[Message]) -> int | None:
    """The most messages, by weight, within one hour; None where times are known to the day only or not at all."""
    fine = sorted(
        (message.published, message.weight)
        for message in messages
        if message.published is not None and message.published_precision in ("second", "minute")
    )
    if not fine:
        return None
    best = inside = start = 0
    for moment, weight in fine:
        inside += weight
        while moment - fine[start][0] > _HOUR:
            inside -= fine[start][1]
            start += 1
        best = max(best, inside)
    return best
