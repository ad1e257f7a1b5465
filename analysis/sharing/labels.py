"""The benign kinds that a community looks like. They mark it; they do not hide it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.sharing.columns import UNKNOWN
from analysis.sharing.communities import Community
from analysis.sharing.habits import habit
from analysis.sharing.significance import Tested

_ONE_SOURCE = 0.8
_MAINLY_ONE_SOURCE = 0.5
_HABIT = 0.5
_ALIKE = 0.8
_NEWSROOM_ACCOUNTS = 6
_VIRAL_SHARE = 0.05
_VIRAL_ACCOUNTS = 100


def labels(test: Tested, community: Community, official: NDArray[np.bool_]) -> tuple[str, ...]:
    """Labels in a fixed order; `official` says by account whether an organisation stands behind it."""
    return tuple(_labels(test, community, official))


def _labels(test: Tested, community: Community, official: NDArray[np.bool_]) -> Iterator[str]:
    if 2 * int(official[community.accounts].sum()) > len(community.accounts):
        yield "official accounts"
    concentration = _concentration(test, community)
    if _like_a_feed(test, community, concentration):
        newsroom = concentration >= _ONE_SOURCE and len(community.accounts) <= _NEWSROOM_ACCOUNTS
        yield "newsroom" if newsroom else "automated feed"
    if len(community.accounts) == 2 and _overlap(test, community) >= _ALIKE:
        yield "same person"
    if _audience(test, community) >= max(_VIRAL_SHARE * len(np.unique(test.slots.account)), _VIRAL_ACCOUNTS):
        yield "viral link"


def _concentration(test: Tested, community: Community) -> float:
    """The largest share of the accounts' slots that one known source has."""
    source = test.slots.source[np.isin(test.slots.account, community.accounts)]
    known = source[source != UNKNOWN]
    return float(np.bincount(known).max() / len(source)) if len(known) else 0.0


def _like_a_feed(test: Tested, community: Community, concentration: float) -> bool:
    """One source, passed on at fixed delays; where they share first themselves, delays cannot tell."""
    if concentration < _MAINLY_ONE_SOURCE:
        return False
    at = community.edges
    seen = habit(test.slots, community.accounts, test.edges.left[at], test.edges.right[at])
    return seen.explained >= _HABIT or (concentration >= _ONE_SOURCE and seen.first >= _HABIT)


def _overlap(test: Tested, community: Community) -> float:
    """How much of what either of two accounts shared the other shared too."""
    one, other = (test.slots.thing[test.slots.account == account] for account in community.accounts)
    return len(np.intersect1d(one, other, assume_unique=True)) / max(len(one), len(other))


def _audience(test: Tested, community: Community) -> float:
    """The median number of accounts that shared what the community co-shared."""
    held = test.co_shares
    things = np.unique(test.slots.thing[held.earlier[np.isin(held.pair, community.edges)]])
    first = np.searchsorted(test.slots.thing, things, side="left")
    last = np.searchsorted(test.slots.thing, things, side="right")
    return float(np.median(last - first))
