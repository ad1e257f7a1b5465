"""How large groups of independent writers grow at a given closeness: the null for the size of a semantic group.

Units closer than a level of the local ratio are joined; among independent writers the joined groups are small and their
sizes fall off geometrically (percolation below its threshold: Stauffer and Aharony, Introduction to Percolation Theory,
1994, chapter 2). The fall-off is fitted to the data's own groups, those that stand out of it left aside; the expected
number of groups of n units and more is then N3 * rho ** (n - 3), N3 being the groups of three and more.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.families.copies import pieces

LEVELS = (0.6, 0.7)
_BASE = 3
_PRIOR_GROUPS = 10
_PRIOR_EXCESS = 0.8
_STANDS_OUT = 0.01
_ROUNDS = 6


@dataclass(frozen=True)
class SizeTail:
    """Expected number of groups of at least n units: `groups` * `ratio` ** (n - 3)."""

    groups: float
    ratio: float

    def expected(self, units: int) -> float:
        """How many groups of so many units chance would give."""
        return float(self.groups * self.ratio ** max(units - _BASE, 0))


def size_tail(sizes: NDArray[np.int64]) -> SizeTail:
    """The tail fitted to group sizes, steadied by a few imagined groups; outliers are left aside round by round."""
    kept = sizes[sizes >= _BASE]
    tail = _fit(kept)
    for _ in range(_ROUNDS):
        inside = np.array([tail.expected(int(size)) >= _STANDS_OUT for size in kept], dtype=bool)
        if inside.all():
            break
        kept = kept[inside]
        tail = _fit(kept)
    return tail


def _fit(sizes: NDArray[np.int64]) -> SizeTail:
    excess = (float((sizes - _BASE).sum()) + _PRIOR_GROUPS * _PRIOR_EXCESS) / (len(sizes) + _PRIOR_GROUPS)
    return SizeTail(max(len(sizes), 1) + 1.0, excess / (1 + excess))


def joined_groups(n: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Groups of two units and more that hang together."""
    label = pieces(n, left, right)
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if n else []
    return [part for part in parts if len(part) > 1]
