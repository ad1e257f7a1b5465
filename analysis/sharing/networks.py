"""What is tested together: the things of known source, and apart from them those of unknown source.

Where the source is known, a common source is held against coordination and a finding may stand on its own. Where it is
not, accounts that merely follow one source look the same, and a finding says so. Mixing both would let the second kind
ruin the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sharing.columns import UNKNOWN, Shares
from analysis.sharing.communities import Community, communities
from analysis.sharing.significance import Tested, tested


@dataclass(frozen=True)
class Tier:
    """The test on the shares of known, or of unknown, source, with its communities."""

    source_known: bool
    test: Tested
    communities: list[Community]


def tiers(shares: Shares, *, window_seconds: float, q_max: float, cap: int, seed: int) -> list[Tier]:
    """Both, where there are shares of the kind; neither where the moments say nothing."""
    if not moments_differ(shares, window_seconds):
        return []
    found = []
    for source_known, rows in known_and_unknown(shares):
        test = tested(shares, rows, window_seconds=window_seconds, q_max=q_max, cap=cap)
        found.append(Tier(source_known, test, communities(test.edges, seed=seed)))
    return found


def known_and_unknown(shares: Shares) -> Iterator[tuple[bool, NDArray[np.int64]]]:
    """Whether the source is known, and the places of these shares; what there is none of is left out."""
    source = np.full(len(shares.things), UNKNOWN, np.int64)
    np.maximum.at(source, shares.thing, shares.source)
    known = source[shares.thing] != UNKNOWN
    for source_known in (True, False):
        rows = np.flatnonzero(known == source_known)
        if len(rows):
            yield source_known, rows


def moments_differ(shares: Shares, window_seconds: float) -> bool:
    """Whether shares are spread over more than a window, and no single second has most of them (a clock that stood)."""
    if not len(shares) or float(np.ptp(shares.seconds)) <= window_seconds:
        return False
    return 2 * int(np.unique(np.floor(shares.seconds), return_counts=True)[1].max()) <= len(shares)
