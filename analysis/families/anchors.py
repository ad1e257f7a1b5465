"""Candidate pairs of letters: those that hold the same two anchors, in two sentences, more often than chance allows.

An anchor is one of the two bottom-hash shingles of a sentence, so letters that share a sentence's wording tend to pick
the same ones. A key is a pair of anchors of different sentences; a key held by n letters counts where n exceeds what
independent letters would give (Poisson tail, Bonferroni over all keys). Linear in the letters: no all-pairs step.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from analysis.families.positions import Positions
from analysis.wordings import SHINGLE_BITS, distinct

ANCHORS = 2
SENTENCES = 12
_LEAST_LETTERS = 3
_LEAST_LIFT = 3.0
_FAMILYWISE = 0.01
_LINKS = 4
_BUCKET_BITS = np.uint64(26)
_BLOCK = 4_000_000
_OWNER_BITS = np.uint64(32)
_OWNER_MASK = np.uint64((1 << 32) - 1)


def candidate_pairs(
    positions: Positions,
    frequency: NDArray[np.int64],
    share: NDArray[np.float64],
    unit: NDArray[np.int64],
    units: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of wordings (left < right) joined by a significant key."""
    at = _anchors(positions, frequency)
    if not len(at):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    keys, owner, expected, tested = _keys(positions, at, share, max(units, 1))
    return _links(keys, owner, expected, tested, unit)


def _anchors(positions: Positions, frequency: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of the anchors: per letter and sentence the bottom-hash shingles of at least three units."""
    usable = np.flatnonzero(frequency >= _LEAST_LETTERS)
    lowest = [_lowest(positions, usable[part]) for part in _blocks(positions.owner[usable])]
    chosen = np.concatenate(lowest) if lowest else usable
    # Which sentences of a long letter count must not depend on their order: the lowest hashes win.
    who = positions.owner[chosen]
    order = np.lexsort((positions.hashes[chosen], who))
    chosen, who = chosen[order], who[order]
    return np.asarray(chosen[_rank_within(who) < ANCHORS * SENTENCES])


def _blocks(owner: NDArray[np.int64]) -> list[slice]:
    """The positions in slices of whole letters."""
    ends = np.searchsorted(owner, owner[_BLOCK - 1 :: _BLOCK], side="right").tolist()
    return [slice(start, end) for start, end in pairwise([0, *ends, len(owner)]) if start < end]


def _lowest(positions: Positions, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of these positions, which stand in their order, the ANCHORS lowest distinct hashes of each sentence."""
    if not len(at):
        return at
    owner, sentence = positions.owner[at], positions.sentence[at]
    group = np.concatenate([[0], np.cumsum((owner[1:] != owner[:-1]) | (sentence[1:] != sentence[:-1]))])
    code = (group.astype(np.uint64) << SHINGLE_BITS) | positions.hashes[at]
    order = np.argsort(code)
    code = code[order]
    first = np.concatenate([[True], code[1:] != code[:-1]])
    order, group = order[first], group[order[first]]
    return np.asarray(at[order[_rank_within(group) < ANCHORS]])


def _rank_within(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 … within each run of equal values."""
    new = np.concatenate([[True], group[1:] != group[:-1]])
    start = np.flatnonzero(new)
    return np.arange(len(group)) - np.repeat(start, np.diff(np.concatenate([start, [len(group)]])))


def _keys(
    positions: Positions, at: NDArray[np.int64], share: NDArray[np.float64], units: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.float64], int]:
    """All keys that can stand in three letters: key, wording, how many letters chance would give it; and the total."""
    owner = positions.owner[at]
    counts = np.zeros(1 << int(_BUCKET_BITS), np.uint16)
    total = 0
    for step in range(1, ANCHORS * SENTENCES):
        key, _, _ = _step_keys(positions, at, owner, step)
        total += len(key)
        np.add.at(counts, (key >> (np.uint64(64) - _BUCKET_BITS)).astype(np.int64), np.uint16(1))
    kept = []
    for step in range(1, ANCHORS * SENTENCES):
        key, a, b = _step_keys(positions, at, owner, step)
        often = counts[(key >> (np.uint64(64) - _BUCKET_BITS)).astype(np.int64)] >= _LEAST_LETTERS
        key, a, b = key[often], a[often], b[often]
        kept.append((key, positions.owner[a], share[a] * share[b] * units))
    key, who, expected = (np.concatenate(part) for part in zip(*kept, strict=True))
    return key, who, expected, max(total, 1)


def _step_keys(
    positions: Positions, at: NDArray[np.int64], owner: NDArray[np.int64], step: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    a, b = at[:-step], at[step:]
    together = (owner[:-step] == owner[step:]) & (positions.sentence[a] != positions.sentence[b])
    a, b = a[together], b[together]
    low = np.minimum(positions.hashes[a], positions.hashes[b])
    high = np.maximum(positions.hashes[a], positions.hashes[b])
    key = (low * np.uint64(0x9E3779B97F4A7C15)) ^ (high * np.uint64(0xC2B2AE3D27D4EB4F))
    key ^= key >> np.uint64(32)
    return key * np.uint64(0xD6E8FEB86659FD93), a, b


def _links(
    keys: NDArray[np.uint64],
    owner: NDArray[np.int64],
    expected: NDArray[np.float64],
    tested: int,
    unit: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    order = np.argsort(keys)
    keys, owner, chance = keys[order], owner[order], expected[order]
    first = np.concatenate([[True], keys[1:] != keys[:-1]])
    group = (np.cumsum(first) - 1).astype(np.uint64) << _OWNER_BITS
    held = np.bincount((distinct(group | unit[owner].astype(np.uint64)) >> _OWNER_BITS).astype(np.int64))
    chance = chance[first]
    p = poisson.sf(held - 1, chance)
    passed = (held >= _LEAST_LETTERS) & (held >= _LEAST_LIFT * chance) & (p <= _FAMILYWISE / tested)
    chosen = np.sort((group | owner.astype(np.uint64))[passed[(group >> _OWNER_BITS).astype(np.int64)]])
    return _chain((chosen >> _OWNER_BITS).astype(np.int64), (chosen & _OWNER_MASK).astype(np.int64))


def _chain(group: NDArray[np.int64], owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each letter with the next few that hold the same key; pairs joined by more keys first come once."""
    if not len(owner):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    n = int(owner.max()) + 1
    codes = []
    for step in range(1, _LINKS + 1):
        same = group[step:] == group[:-step]
        a, b = owner[:-step][same], owner[step:][same]
        codes.append(np.minimum(a, b) * n + np.maximum(a, b))
    code = np.sort(np.concatenate(codes))
    code = code[np.concatenate([[True], code[1:] != code[:-1]])] if len(code) else code
    left, right = code // n, code % n
    return left[left != right], right[left != right]
