"""The graph that finds near vectors among many (HNSW, Malkov and Yashunin 2018): a cache of what the file says."""

import contextlib
import os
import sqlite3
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from usearch.index import Index, Matches

_PORTION = 5_000
_MORE_CANDIDATES = 16
_SAVE_GROWTH = 1.25


def _empty(dimensions: int) -> Index:
    return Index(ndim=dimensions, metric="ip", dtype="f16", expansion_add=128, expansion_search=128)


class VectorGraph:
    """A graph over the vectors of one index, in memory, kept in a file beside the store between processes."""

    def __init__(self, store: Path, token: str) -> None:
        self._path = store.with_name(f"{store.name}-{token}.usearch")
        self._index: Index | None = None
        self._saved = 0
        self._seen = -1

    def follow(self, connection: sqlite3.Connection, number: int, dimensions: int, vectors: int) -> None:
        """Bring the graph to what the open transaction sees of this vector index."""
        if self._index is None:
            self._index = self._load(dimensions)
        index = self._index
        statement = "SELECT number, data FROM vector WHERE vector_index = ? AND number > ? ORDER BY number"
        rows = connection.execute(statement, (number, self._seen))
        while portion := rows.fetchmany(_PORTION):
            numbers = np.array([row[0] for row in portion], np.uint64)
            matrix = np.frombuffer(b"".join(row[1] for row in portion), "<f4").reshape(len(portion), -1)
            # One thread: the graph then follows from the order of filing alone, and so do the results.
            index.add(numbers, matrix, threads=1)
            self._seen = int(numbers[-1])
        if len(index) != vectors:
            self._drop_void(connection, number)
        if len(index) >= self._saved * _SAVE_GROWTH:
            self.save()

    def candidates(self, vectors: NDArray[np.float32], k: int) -> list[NDArray[np.int64]]:
        """Numbers of vectors that are near, some more than k, for each query; to be compared exactly."""
        index = self._index
        if index is None:
            return [np.empty(0, np.int64) for _ in vectors]
        found = index.search(np.ascontiguousarray(vectors, np.float32), min(k + _MORE_CANDIDATES, len(index)))
        each = [found] if isinstance(found, Matches) else found
        return [np.asarray(matches.keys).astype(np.int64) for matches in each]

    def save(self) -> None:
        """Write the graph beside the store; that it cannot be written costs time, not truth."""
        if self._index is None or len(self._index) == self._saved:
            return
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError, RuntimeError):
            self._index.save(str(draft))
            draft.chmod(0o600)
            draft.replace(self._path)
            self._saved = len(self._index)
        draft.unlink(missing_ok=True)

    def _load(self, dimensions: int) -> Index:
        index = _empty(dimensions)
        with contextlib.suppress(OSError, RuntimeError, ValueError):
            if self._path.exists():
                index.load(str(self._path))
                self._seen = int(np.asarray(index.keys).astype(np.int64).max(initial=-1))
                self._saved = len(index)
                return index
        return _empty(dimensions)

    def _drop_void(self, connection: sqlite3.Connection, number: int) -> None:
        rows = connection.execute("SELECT number FROM vector WHERE vector_index = ?", (number,))
        alive = np.fromiter((row[0] for row in rows), np.uint64)
        index = self._index
        if index is not None:
            held = np.asarray(index.keys, np.uint64)
            index.remove(held[~np.isin(held, alive)])
