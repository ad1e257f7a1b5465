"""A burst becomes a finding: its messages, counted, with an id that follows from what and when it was."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.families import portrait
from analysis.finding import Burst, Chance, Finding, Member, Subject

VERSION = "1"
_ID_BYTES = 13
_MINUTE = 60


def finding(
    read: Columns,
    rows: NDArray[np.int64],
    *,
    burst: Burst,
    chance: Chance,
    notes: tuple[str, ...] = (),
) -> Finding:
    """The finding of the messages `rows`, which are in order of time."""
    messages = [read.messages[row] for row in rows]
    weights = [message.weight for message in messages]
    first, last = portrait.span(messages)
    return Finding(
        id=_identity(burst.subject, burst.value, messages[0].id),
        detector="bursts",
        detector_version=VERSION,
        members=tuple(map(_member, sorted(message.id for message in messages))),
        chance=chance,
        medoid_id=messages[0].id,
        messages=sum(weights),
        texts=len({message.text for message in messages}),
        senders=portrait.senders(messages),
        first=first,
        last=last,
        peak=portrait.peak(messages),
        languages=portrait.counts((m.language for m in messages), weights),
        channels=portrait.counts((m.channel for m in messages), weights),
        sources=portrait.counts((m.source for m in messages), weights),
        shared=(burst.value,) if burst.subject in ("link", "hashtags", "topic", "channel") else (),
        differs=(),
        notes=notes,
        burst=burst,
    )


def accounts(read: Columns, rows: NDArray[np.int64]) -> tuple[str, ...]:
    """The pseudonyms of these messages, sorted."""
    return tuple(read.accounts[account] for account in np.unique(read.account[rows]))


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as aware UTC."""
    return datetime.fromtimestamp(int(seconds), UTC)


def end_of(read: Columns, rows: NDArray[np.int64]) -> datetime:
    """The moment after the last of these messages: a second or, where clocks show no seconds, a minute later."""
    fine = all(read.messages[row].published_precision == "second" for row in rows)
    return moment(int(read.time[rows].max()) + (1 if fine else _MINUTE))


def steps(
    read: Columns, rows: NDArray[np.int64], start: int, end: int, step: int, margin: int
) -> tuple[tuple[datetime, int], ...]:
    """Accounts among `rows` in each step from `margin` steps before `start` to as many after `end`."""
    first, last = start // step - margin, (end - 1) // step + margin
    place = read.time[rows] // step
    inside = (place >= first) & (place <= last)
    span = last - first + 1
    pairs = np.unique(read.account[rows][inside] * span + place[inside] - first)
    counts = np.bincount(pairs % span, minlength=span)
    return tuple((moment((first + n) * step), int(count)) for n, count in enumerate(counts))


def _identity(subject: Subject, value: str, first_id: str) -> str:
    name = "\x00".join((subject, value, first_id))
    return "b_" + blake2b(name.encode("utf-8", "replace"), digest_size=_ID_BYTES).hexdigest()


def _member(message_id: str) -> Member:
    return Member(message_id=message_id, relation="activity", nearest_id=None, similarity=1.0, measure="identity")


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings by id."""
    return tuple(sorted(findings, key=lambda finding: finding.id))
