"""Merging of sorted runs, page by page: memory follows the pages, not the runs.

The method is that of log-structured merge trees (O'Neil et al. 1996), size-tiered: when one level holds as many runs
as the fan-in, they become one run of the next level, so each pair is written again once per level.
"""

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from store.run_pages import Keys, Owners, Run, read_keys, read_owners, read_runs, remove_run, write_run

Pairs = tuple[Keys, Owners]


def cut(keys: Keys, owners: Owners, page_size: int) -> Iterator[Pairs]:
    """Sorted pairs as pages."""
    for start in range(0, len(keys), page_size):
        yield keys[start : start + page_size], owners[start : start + page_size]


def merge_full_levels(connection: sqlite3.Connection, key_index: int, *, fan_in: int, page_size: int) -> None:
    """Merge every level that holds `fan_in` runs, lowest first."""
    while True:
        by_level: dict[int, list[Run]] = {}
        for run in read_runs(connection, key_index):
            by_level.setdefault(run.level, []).append(run)
        full = [level for level, runs in by_level.items() if len(runs) >= fan_in]
        if not full:
            return
        rewrite(connection, key_index, by_level[min(full)], level=min(full) + 1, page_size=page_size)


def rewrite(connection: sqlite3.Connection, key_index: int, runs: Sequence[Run], *, level: int, page_size: int) -> None:
    """Put one run of this level in the place of these, without the pairs whose owner is gone."""
    low, high = min(run.low for run in runs), max(run.high for run in runs)
    alive = _living(connection, key_index, low, high)
    streams = [_Stream(connection, run, low, alive) for run in runs]
    pages = _repage(_merged(streams), page_size)
    write_run(connection, key_index, pages, level=level, low=low, high=high, owners=int(alive.sum()))
    for run in runs:
        remove_run(connection, run)


def void(connection: sqlite3.Connection, key_index: int, numbers: Sequence[int], *, page_size: int) -> None:
    """Take note that these owners are gone; a run of which most is gone is written anew."""
    runs = read_runs(connection, key_index)
    places = np.searchsorted([run.low for run in runs], np.array(numbers, np.int64), side="right")
    gone = np.bincount(places, minlength=len(runs) + 1)[1:].tolist()
    for run, more in zip(runs, gone, strict=True):
        if 2 * (run.voided + more) > run.owners:
            rewrite(connection, key_index, [run], level=run.level, page_size=page_size)
        elif more:
            connection.execute("UPDATE key_run SET voided = voided + ? WHERE number = ?", (more, run.number))


def _living(connection: sqlite3.Connection, key_index: int, low: int, high: int) -> NDArray[np.bool_]:
    """For each number from `low` to `high`, whether an owner still has it."""
    alive = np.zeros(high - low + 1, np.bool_)
    rows = connection.execute(
        "SELECT number FROM key_owner WHERE key_index = ? AND number BETWEEN ? AND ?", (key_index, low, high)
    )
    while portion := rows.fetchmany(10_000):
        alive[np.array(portion, np.int64)[:, 0] - low] = True
    return alive


class _Stream:
    """The living pairs of one run, a page at a time."""

    def __init__(self, connection: sqlite3.Connection, run: Run, low: int, alive: NDArray[np.bool_]) -> None:
        self._connection, self._low, self._alive = connection, low, alive
        self._pages = iter(run.pages)
        self.keys = np.empty(0, np.uint64)
        self.owners = np.empty(0, np.uint32)

    def fill(self) -> bool:
        """Have at least one pair at hand; False when the run is at its end."""
        while not len(self.keys):
            page = next(self._pages, None)
            if page is None:
                return False
            owners = read_owners(self._connection, page)
            kept = self._alive[owners.astype(np.int64) - self._low]
            self.keys, self.owners = read_keys(self._connection, page)[kept], owners[kept]
        return True

    def take(self, bound: np.uint64) -> Pairs:
        """The pairs at hand whose key is at most `bound`."""
        end = int(np.searchsorted(self.keys, bound, side="right"))
        taken = self.keys[:end], self.owners[:end]
        self.keys, self.owners = self.keys[end:], self.owners[end:]
        return taken


def _merged(streams: list[_Stream]) -> Iterator[Pairs]:
    # Up to the smallest of the last keys at hand, nothing that is still to be read can come before what is at hand.
    while streams := [stream for stream in streams if stream.fill()]:
        bound = min(stream.keys[-1] for stream in streams)
        taken = [stream.take(bound) for stream in streams]
        keys = np.concatenate([part[0] for part in taken])
        owners = np.concatenate([part[1] for part in taken])
        order = np.argsort(keys, kind="stable")
        yield keys[order], owners[order]


def _repage(pieces: Iterator[Pairs], page_size: int) -> Iterator[Pairs]:
    keys, owners = np.empty(0, np.uint64), np.empty(0, np.uint32)
    for more_keys, more_owners in pieces:
        keys, owners = np.concatenate([keys, more_keys]), np.concatenate([owners, more_owners])
        whole = len(keys) // page_size * page_size
        yield from cut(keys[:whole], owners[:whole], page_size)
        keys, owners = keys[whole:], owners[whole:]
    yield from cut(keys, owners, page_size)
