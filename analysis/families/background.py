"""How common each shingle is among independent wordings: the background against which a repetition is judged."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.wordings import SHINGLE_BITS, Wordings, distinct, places_in

_MASK = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)


@dataclass(frozen=True)
class Background:
    """Of `cores` groups of near-copies, `counts[i]` use shingle `hashes[i]` (sorted); one not listed, `unlisted`."""

    cores: int
    hashes: NDArray[np.uint64]
    counts: NDArray[np.int64]
    unlisted: int = 1

    def surprise(self, hashes: NDArray[np.uint64]) -> NDArray[np.float64]:
        """-log2 of the share of cores that use each shingle."""
        used = np.full(len(hashes), self.unlisted, np.int64)
        if len(self.hashes):
            at = np.minimum(places_in(self.hashes, hashes), len(self.hashes) - 1)
            used = np.where(self.hashes[at] == hashes, self.counts[at], used)
        return np.asarray(-np.log2(np.minimum(used / (self.cores + 1), 1.0)), dtype=np.float64)

    def common(self, least: int = 5) -> "Background":
        """The background with shingles of `least` cores and more alone; every other counts as just below."""
        kept = self.counts >= least
        return Background(self.cores, self.hashes[kept], self.counts[kept], max(least - 1, 1))


def background(wordings: Wordings, core: NDArray[np.int64]) -> Background:
    """The background that the wordings themselves are, each core counted once."""
    owner = core[(wordings.shingles >> SHINGLE_BITS).astype(np.int64)].astype(np.uint64)
    hashes = np.sort(distinct((owner << SHINGLE_BITS) | (wordings.shingles & _MASK)) & _MASK)
    new = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.zeros(0, np.int64)
    counts = np.diff(np.concatenate([new, [len(hashes)]])).astype(np.int64)
    return Background(int(core.max(initial=-1)) + 1, hashes[new], counts)
