"""What messages use: links, families, hashtags in order, single hashtags, channels; one row a use."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import Columns
from analysis.finding import Finding, Subject


@dataclass(frozen=True)
class Uses:
    """`subject[i]` is used by message `row[i]`; `names[s]` says what subject s is. Sorted by subject, then time."""

    subject: NDArray[np.int64]
    row: NDArray[np.int64]
    names: list[tuple[Subject, str]]


def uses(read: Columns, families: Sequence[Finding]) -> Uses:
    """Every use once, whatever the order of `families`."""
    held: dict[Subject, list[tuple[str, ...]]] = {
        "link": [m.links for m in read.messages],
        "topic": [m.hashtags for m in read.messages],
        "hashtags": [_sequence(m.hashtags) for m in read.messages],
        "channel": [(m.channel,) if m.channel else () for m in read.messages],
    }
    member_of = _memberships(families)
    if member_of:
        held["family"] = [member_of.get(m.id, ()) for m in read.messages]
    names: list[tuple[Subject, str]] = []
    parts = [_numbered(kind, values, names) for kind, values in held.items()]
    subject, row = (np.concatenate(column) for column in zip(*parts, strict=True))
    stride = max(len(read), 1)
    keys = np.sort(subject * stride + row)
    distinct = keys[np.append(True, np.diff(keys) != 0)] if len(keys) else keys
    return Uses(distinct // stride, distinct % stride, names)


def _numbered(
    kind: Subject, held: Sequence[tuple[str, ...]], names: list[tuple[Subject, str]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The values as numbers with their rows; their names go to the end of `names`."""
    counts = np.fromiter(map(len, held), np.int64, len(held))
    base, place = len(names), dict[str, int]()
    values = chain.from_iterable(held)
    subject = np.fromiter((place.setdefault(value, base + len(place)) for value in values), np.int64, counts.sum())
    names.extend((kind, _shown(kind, value)) for value in place)
    return subject, np.repeat(np.arange(len(held)), counts)


def _sequence(hashtags: tuple[str, ...]) -> tuple[str, ...]:
    """Two hashtags and more as one value, in the order in which they stand."""
    return (" ".join(f"#{tag}" for tag in hashtags),) if len(hashtags) > 1 else ()


def _shown(kind: Subject, value: str) -> str:
    return f"#{value}" if kind == "topic" else value


def _memberships(families: Sequence[Finding]) -> dict[str, tuple[str, ...]]:
    """The families of each message, by id."""
    member_of: dict[str, tuple[str, ...]] = {}
    for identity, family in sorted({family.id: family for family in families}.items()):
        for message_id in sorted({member.message_id for member in family.members}):
            member_of[message_id] = (*member_of.get(message_id, ()), identity)
    return member_of
