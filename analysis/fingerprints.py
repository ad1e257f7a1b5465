"""MinHash band keys: wordings whose word-3 shingles overlap by half nearly always share one."""

from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from analysis.wordings import SHINGLE_BITS, Wordings

BANDS = 21
ROWS = 3
_SEED = 20
_MASK = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)


def band_keys(wordings: Wordings) -> NDArray[np.uint64]:
    """One key per band, shape (n, BANDS); never 0 unless the wording is empty.

    A pair of Jaccard similarity s shares a key with probability 1 - (1 - s ** ROWS) ** BANDS: .94 at .5, .994 at .6,
    .02 at .1 (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).
    """
    permutations = BANDS * ROWS
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        wordings.shingles & _MASK, wordings.shingle_starts, permutations, _SEED
    )
    flat = chain.from_iterable(matrix.to_rows())
    signature = np.fromiter(flat, dtype=np.uint64, count=len(wordings) * permutations)
    rows = signature.reshape(len(wordings), BANDS, ROWS)
    keys = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), (len(wordings), BANDS)).copy()
    for row in range(ROWS):
        keys = (keys ^ rows[:, :, row]) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(31)
    keys |= np.uint64(1)
    keys[wordings.shingle_counts == 0] = 0
    return keys
