"""Keys as short words of one length, and rows of keys as bytes."""

import threading
import time

import numpy as np
from numpy.typing import NDArray

from store.errors import StoreError

Keys = NDArray[np.uint64]

_LETTERS = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-", np.uint8)
_SHIFTS = np.arange(60, -1, -6, dtype=np.uint64)
_SIX_BITS = np.uint64(63)


def words(keys: Keys) -> list[str]:
    """Each key as eleven letters of 64."""
    letters = _LETTERS[((keys[:, None] >> _SHIFTS) & _SIX_BITS).astype(np.int64)]
    joined: list[str] = np.ascontiguousarray(letters).view(f"S{len(_SHIFTS)}").ravel().astype(str).tolist()
    return joined


def as_rows(keys: Keys, rows: int) -> Keys:
    """The keys as rows; StoreError unless there is one row for each id."""
    if keys.ndim != 2 or len(keys) != rows:
        raise StoreError(f"keys of shape {keys.shape} for {rows} ids: give one row of keys per id")
    return np.ascontiguousarray(keys, np.uint64)


def distinct(row: Keys) -> Keys:
    """The keys of a row, each once, without the 0 that means none."""
    found = np.unique(row)
    return np.asarray(found[found != 0], np.uint64)


def to_row(keys: Keys) -> bytes:
    """Keys as bytes."""
    return keys.astype("<u8").tobytes()


def from_rows(rows: list[bytes]) -> tuple[Keys, NDArray[np.int64]]:
    """The keys of all rows in one, and for each the number of its row."""
    lengths = np.fromiter((len(row) // 8 for row in rows), np.int64, len(rows))
    keys = np.frombuffer(b"".join(rows), "<u8").astype(np.uint64)
    return keys, np.repeat(np.arange(len(rows)), lengths)


class Filing:
    """Numbers in the order of filing: microseconds since 1970, never one twice in a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def numbers(self, many: int) -> range:
        """The next numbers."""
        with self._lock:
            first = max(self._last + 1, time.time_ns() // 1_000)
            self._last = first + many
            return range(first, first + many)
