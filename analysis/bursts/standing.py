"""Where accounts stand among all: their mean lateness, in units of what such means vary by.

The means vary between accounts and, the fewer comments they are taken over, within them. Both variances are those of
the accounts of known pace (moments of the one-way random-effects model), so accounts with few and with many comments
can be held against one another.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Sums:
    """Of each account the number of its comments, the sum of their lateness and that of its squares."""

    count: NDArray[np.int64]
    total: NDArray[np.float64]
    squares: NDArray[np.float64]

    @classmethod
    def of(cls, group: NDArray[np.int64], late: NDArray[np.float64], groups: int) -> Self:
        """The sums of `groups` accounts; `group` is the account of each comment."""
        count, total, squares = (np.bincount(group, weight, groups) for weight in (None, late, late**2))
        return cls(count.astype(np.int64), total.astype(np.float64), squares.astype(np.float64))

    def __getitem__(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> "Sums":
        return Sums(self.count[chosen], self.total[chosen], self.squares[chosen])

    def less(self, place: NDArray[np.int64], others: "Sums") -> "Sums":
        """Without `others`, which are taken off at `place`."""
        left = Sums(self.count.copy(), self.total.copy(), self.squares.copy())
        left.count[place] -= others.count
        left.total[place] -= others.total
        left.squares[place] -= others.squares
        return left

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean lateness of each account."""
        return np.asarray(self.total / np.maximum(self.count, 1), dtype=np.float64)


def p_among(those: Sums, others: Sums) -> NDArray[np.float64]:
    """The p of each of `those` accounts, were it drawn from the same urn as the `others`: its place among them."""
    if not len(others.count):
        return np.ones(len(those.count))
    mean, count = others.mean, others.count
    within = max(float((others.squares - count * mean**2).sum() / max((count - 1).sum(), 1)), 0.0)
    between = max(float(mean.var() - within * np.mean(1 / count)), 0.0)

    def standing(sums: Sums) -> NDArray[np.float64]:
        spread = np.sqrt(between + within / np.maximum(sums.count, 1))
        centred = sums.mean - mean.mean()
        return np.asarray(np.divide(centred, spread, out=np.zeros(len(spread)), where=spread > 0), dtype=np.float64)

    not_later = np.searchsorted(np.sort(standing(others)), standing(those), side="right")
    return np.asarray((not_later + 1) / (len(count) + 1), dtype=np.float64)
