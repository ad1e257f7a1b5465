"""Which records were seen before, in sixteen bytes each: files of many millions of rows must fit in memory."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_Keys = NDArray[np.uint64]


class Seen:
    """A table from 8-byte keys to 8-byte values: sorted runs that grow by doubling, and a small recent part."""

    def __init__(self, recent: int = 50_000) -> None:
        self._recent: dict[bytes, bytes] = {}
        self._looked_up: dict[bytes, bytes] = {}
        self._runs: list[tuple[_Keys, _Keys]] = []
        self._limit = recent

    def prefetch(self, keys: Iterable[bytes]) -> None:
        """Look up a batch of keys at once in what is stored, so that `get` finds them."""
        self._looked_up = {}
        wanted = list(keys)
        if not wanted or not self._runs:
            return
        asked = np.frombuffer(b"".join(wanted), dtype=np.uint64)
        for known, values in reversed(self._runs):  # the newest value stands
            at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
            for row in np.flatnonzero(known[at] == asked):
                self._looked_up.setdefault(wanted[row], values[at[row]].tobytes())

    def get(self, key: bytes) -> bytes | None:
        """The value of a key that is recent or was prefetched."""
        return self._recent.get(key) or self._looked_up.get(key)

    def find(self, key: bytes) -> bytes | None:
        """The value of any key; slower than `get`."""
        asked = np.frombuffer(key, dtype=np.uint64)[0]
        for known, values in reversed(self._runs) if key not in self._recent else ():
            at = min(int(np.searchsorted(known, asked)), len(known) - 1)
            if known[at] == asked:
                return values[at : at + 1].tobytes()
        return self._recent.get(key)

    def put(self, key: bytes, value: bytes) -> None:
        """Store or replace a value."""
        self._recent[key] = value

    def settle(self) -> None:
        """Move the recent part into the runs once it is large; call between batches."""
        if len(self._recent) < self._limit:
            return
        run = _run(b"".join(self._recent), b"".join(self._recent.values()))
        self._recent = {}
        while self._runs and len(self._runs[-1][0]) <= 2 * len(run[0]):
            run = _merged(self._runs.pop(), run)
        self._runs.append(run)


def _run(keys: bytes, values: bytes) -> tuple[_Keys, _Keys]:
    known = np.frombuffer(keys, dtype=np.uint64)
    order = np.argsort(known)
    return known[order], np.frombuffer(values, dtype=np.uint64)[order]


def _merged(old: tuple[_Keys, _Keys], new: tuple[_Keys, _Keys]) -> tuple[_Keys, _Keys]:
    """Both runs as one; where both have a key the newer value stands."""
    keys, first = np.unique(np.concatenate([new[0], old[0]]), return_index=True)
    return keys, np.concatenate([new[1], old[1]])[first]
