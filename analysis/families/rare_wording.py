"""Candidate pairs of letters: those that share rare shingles in two sentences or more.

Every rare shingle links each letter that holds it with the next few; a pair counts once it is linked from two
sentences. Linear in the shingles: a shingle held by m letters gives at most m * LINKS links.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.families.positions import Positions

LINKS = 3
RARE = 256
_LEAST_SENTENCES = 2
_AT_BITS = np.uint64(32)
_AT = np.uint64((1 << 32) - 1)


def rare_pairs(positions: Positions, frequency: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of wordings (left < right) linked by rare shingles of at least two sentences of the left one."""
    rare = (frequency >= 2) & (frequency <= RARE)
    # Shingles of one phrase stand in the same letters: the first of a run with equal frequency speaks for it.
    rare[1:] &= (
        (frequency[1:] != frequency[:-1])
        | (positions.sentence[1:] != positions.sentence[:-1])
        | (positions.owner[1:] != positions.owner[:-1])
    )
    at = np.flatnonzero(rare)
    # By shingle and, within one, by letter: positions stand in the order of their letters.
    at = (np.sort((positions.rank[at].astype(np.uint64) << _AT_BITS) | at.astype(np.uint64)) & _AT).astype(np.int64)
    hashes, owner, sentence = positions.hashes[at], positions.owner[at], positions.sentence[at]
    codes = []
    n = np.int64(len(positions.starts))
    for step in range(1, LINKS + 1):
        same = (hashes[step:] == hashes[:-step]) & (owner[step:] != owner[:-step])
        pair = owner[:-step][same] * n + owner[step:][same]
        codes.append((pair << np.int64(10)) | np.minimum(sentence[:-step][same], 1023))
    code = np.sort(np.concatenate(codes))
    code = code[np.concatenate([[True], code[1:] != code[:-1]])] >> np.int64(10) if len(code) else code
    if len(code) < _LEAST_SENTENCES:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))
    sentences = np.diff(np.concatenate([first, [len(code)]]))
    pairs = code[first[sentences >= _LEAST_SENTENCES]]
    return pairs // n, pairs % n
