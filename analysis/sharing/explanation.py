"""What ties a community: its pairs of accounts, the things they shared together, and the messages by which they did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from analysis.finding import Member, SharedObject, Tie
from analysis.sharing.columns import Shares
from analysis.sharing.communities import Community
from analysis.sharing.occasions import CoShares
from analysis.sharing.significance import Tested

_MOST_OBJECTS = 100


@dataclass(frozen=True)
class Explained:
    """The ties by accounts, the things by most accounts first (a hundred at most), the messages by id."""

    ties: tuple[Tie, ...]
    objects: tuple[SharedObject, ...]
    members: tuple[Member, ...]


def explain(shares: Shares, test: Tested, community: Community) -> Explained:
    """The evidence for this community."""
    held = test.co_shares
    inside = np.flatnonzero(np.isin(held.pair, community.edges))
    found = CoShares(held.pair[inside], held.earlier[inside], held.later[inside])
    return Explained(
        tuple(_ties(shares, test, found)), tuple(_objects(shares, test, found)), tuple(_members(shares, test, found))
    )


def moment(seconds: float) -> datetime:
    """Aware UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def _ties(shares: Shares, test: Tested, found: CoShares) -> Iterator[Tie]:
    edges, seconds = test.edges, test.slots.seconds
    gap = seconds[found.later] - seconds[found.earlier]
    for part in np.split(np.arange(len(found.pair)), np.flatnonzero(np.diff(found.pair)) + 1):
        at = int(found.pair[part[0]])
        yield Tie(
            account_a=shares.accounts[int(edges.left[at])],
            account_b=shares.accounts[int(edges.right[at])],
            shared=int(edges.shared[at]),
            first=moment(float(seconds[found.earlier[part]].min())),
            last=moment(float(seconds[found.later[part]].max())),
            closest_seconds=float(gap[part].min()),
            p=float(edges.p[at]),
            q=float(edges.q[at]),
        )


def _objects(shares: Shares, test: Tested, found: CoShares) -> list[SharedObject]:
    slots = test.slots
    at = np.unique(np.concatenate([found.earlier, found.later]))
    groups = np.split(at, np.flatnonzero(np.diff(slots.thing[at])) + 1)
    objects = [
        SharedObject(
            trace=thing.trace,
            value=thing.value,
            accounts=len(np.unique(slots.account[group])),
            shares=len(group),
            first=moment(float(slots.seconds[group].min())),
            last=moment(float(slots.seconds[group].max())),
        )
        for group in groups
        for thing in [shares.things[int(slots.thing[group[0]])]]
    ]
    return sorted(objects, key=lambda one: (-one.accounts, one.trace, one.value))[:_MOST_OBJECTS]


def _members(shares: Shares, test: Tested, found: CoShares) -> list[Member]:
    """Each message once, with the one that it co-shared with most closely; ids break ties."""
    message = shares.message[test.slots.row]
    gap = np.tile(test.slots.ticks[found.later] - test.slots.ticks[found.earlier], 2)
    own, other = _both_ways(message[found.earlier], message[found.later])
    order = np.lexsort((other, gap, own))
    own, other = own[order], other[order]
    first = np.flatnonzero(np.append([True], own[1:] != own[:-1]))
    return [
        Member(
            message_id=shares.messages[one],
            relation="co-share",
            nearest_id=shares.messages[nearest],
            similarity=1.0,
            measure="identity",
        )
        for one, nearest in zip(own[first].tolist(), other[first].tolist(), strict=True)
    ]


def _both_ways(one: NDArray[np.int64], other: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.concatenate([one, other]), np.concatenate([other, one])
