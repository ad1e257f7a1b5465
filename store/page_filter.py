"""A small filter per page that says which keys are surely not in it, so that most pages need not be read.

A blocked Bloom filter (Putze, Sanders and Singler 2007) with blocks of one word: 24 bits per key, six of them set,
about one false alarm in a thousand for keys that are spread evenly, as hashes are. Others cost time, not truth.
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_WORDS_PER_KEY = 3 / 8
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_SHIFTS = [np.uint64(shift) for shift in (58, 52, 46, 40, 34, 28)]
_SIX_BITS = np.uint64(63)
_ONE = np.uint64(1)


def marks(keys: Words) -> Words:
    """For each key the bits that a word must have to hold it."""
    mixed = keys * _MIXER
    marked = np.zeros(len(keys), np.uint64)
    for shift in _SHIFTS:
        marked |= _ONE << ((mixed >> shift) & _SIX_BITS)
    return marked


def build(keys: Words) -> Words:
    """The filter of a page of ascending keys."""
    words = np.zeros(int(len(keys) * _WORDS_PER_KEY) + 1, np.uint64)
    places = _places(keys, keys[0], keys[-1], len(words))
    starts = np.flatnonzero(np.diff(places, prepend=places[:1] + 1))
    words[places[starts]] = np.bitwise_or.reduceat(marks(keys), starts)
    return words


def may_hold(words: Words, first: np.uint64, last: np.uint64, keys: Words, marked: Words) -> NDArray[np.int64]:
    """Which of the keys, all from `first` to `last` of the page, it may hold, given their marks."""
    return np.flatnonzero((words[_places(keys, first, last, len(words))] & marked) == marked)


def _places(keys: Words, first: np.uint64, last: np.uint64, words: int) -> NDArray[np.int64]:
    width = np.uint64(int(last - first) // words + 1)
    return ((keys - first) // width).astype(np.int64)
