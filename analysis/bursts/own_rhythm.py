"""A subject's own rhythm: how often it is used at this time of the day, or of the week, on the other days.

A broadcast that has its hashtag every evening is no burst on any of them. The expectation only ever rises by this, so
the bound on p stays a bound.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.columns import DAY
from analysis.bursts.picks import Picks

WEEK = 7 * DAY
# Days or weeks that must lie beside the window before a mean over them is formed.
_LEAST_CYCLES = {DAY: 1, WEEK: 2}


@dataclass(frozen=True)
class OwnRhythm:
    """Picks sorted by subject and phase, for the day and for the week."""

    picked: Picks
    span: int
    keys: dict[int, NDArray[np.int64]]

    @classmethod
    def of(cls, picked: Picks) -> "OwnRhythm":
        """The rhythm of these picks; periods that the data do not cover often enough are left out."""
        span = int(picked.time.max() - picked.time.min()) if len(picked.time) else 0
        periods = [period for period, cycles in _LEAST_CYCLES.items() if span >= (cycles + 1) * period]
        return cls(picked, span, {p: np.sort(picked.dense * 2 * p + picked.time % p) for p in periods})

    def expected(self, at: NDArray[np.int64], observed: NDArray[np.int64], length: int) -> NDArray[np.float64]:
        """The mean number of picks in the same hours of other days or weeks, whichever is more; 0 where unknown."""
        result = np.zeros(len(at))
        for period in self.keys:
            others = self._at_this_phase(at, length, period) - observed
            result = np.maximum(result, others / ((self.span - length) / period))
        return result

    def _at_this_phase(self, at: NDArray[np.int64], length: int, period: int) -> NDArray[np.int64]:
        """Picks of the subject whose phase lies in the window, which may run past the end of the period."""
        base, phase = self.picked.dense[at] * 2 * period, self.picked.time[at] % period
        keys, end = self.keys[period], phase + length
        within = np.searchsorted(keys, base + np.minimum(end, period)) - np.searchsorted(keys, base + phase)
        over = np.searchsorted(keys, base + np.maximum(end - period, 0)) - np.searchsorted(keys, base)
        return np.asarray(within + over, dtype=np.int64)
