"""Which wordings hold which shingles, asked millions of times: a byte table answers most, a search the rest."""

import numpy as np
from numpy.typing import NDArray

from analysis.wordings import Wordings, places_in

_MIX = np.uint64(0x9E3779B97F4A7C15)
_ROOM = 8


class Membership:
    """Membership of (wording << 40 | hash) codes among the shingles of wordings."""

    def __init__(self, wordings: Wordings) -> None:
        self._shingles = wordings.shingles
        bits = max(int(np.ceil(np.log2(max(len(self._shingles), 1) * _ROOM))), 10)
        self._shift = np.uint64(64 - bits)
        self._table = np.zeros(1 << bits, bool)
        self._table[self._slots(self._shingles)] = True

    def _slots(self, codes: NDArray[np.uint64]) -> NDArray[np.int64]:
        return ((codes * _MIX) >> self._shift).astype(np.int64)

    def holds(self, codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """True where the code stands among the shingles."""
        found = self._table[self._slots(codes)]
        maybe = np.flatnonzero(found)
        asked = codes[maybe]
        at = np.minimum(places_in(self._shingles, asked), len(self._shingles) - 1)
        found[maybe] = self._shingles[at] == asked
        return found
