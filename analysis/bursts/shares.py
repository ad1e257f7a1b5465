"""How many of a subject's picks the rhythms of its sources and languages put into a window."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.picks import Picks
from analysis.bursts.rhythm import EVERYTHING, Rhythm

# A stratum that is mostly the subject itself would hide its burst: then the rhythm of everything stands in.
_MOSTLY = 0.5


class Shares:
    """Expected picks in a window: of each stratum that the subject was used in, its picks times the stratum's share."""

    def __init__(self, picked: Picks, beat: Rhythm) -> None:
        self._picked, self._beat = picked, beat
        self._own = beat.stratum[picked.row]
        strata = int(self._own.max(initial=0)) + 1
        distinct, self._held = np.unique(picked.dense * strata + self._own, return_counts=True)
        self._stratum = distinct % strata
        self._clock = np.where(self._held > _MOSTLY * beat.sizes[self._stratum], EVERYTHING, self._stratum)
        self._starts = np.searchsorted(distinct // strata, np.arange(len(picked.subjects) + 1))

    def expected(self, at: NDArray[np.int64], length: int) -> NDArray[np.float64]:
        """For the windows that begin at the picks `at`, the expected number of the subject's other picks in them."""
        result = np.zeros(len(at))
        for part, entry in self._pieces(at):
            clock, begin = self._clock[entry], self._picked.time[at[part]]
            share = self._beat.before(clock, begin + length) - self._beat.before(clock, begin)
            result[part] += share * (self._held[entry] - (self._stratum[entry] == self._own[at[part]]))
        return result

    def _pieces(self, at: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Windows paired with the strata of their subject, the n-th stratum of each in the n-th piece."""
        dense = self._picked.dense[at]
        first, last = self._starts[dense], self._starts[dense + 1]
        for n in range(int((last - first).max(initial=0))):
            part = np.flatnonzero(first + n < last)
            yield part, first[part] + n
