"""Runs: sorted (key, owner) pairs in pages of the file, never changed once written."""

import sqlite3
from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from store import page_filter

Keys = NDArray[np.uint64]
Owners = NDArray[np.uint32]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A sorted run: where its pages are, and the first and last key of each.

    `low` to `high` is the range of its owners' numbers, `owners` how many there were when it was written, `voided` how
    many of them are gone since.
    """

    number: int
    level: int
    first_page: int
    first_keys: Keys
    last_keys: Keys
    low: int
    high: int
    owners: int
    voided: int

    @property
    def pages(self) -> range:
        """The numbers of its pages, in the order of their keys."""
        return range(self.first_page, self.first_page + len(self.first_keys))


def read_runs(connection: sqlite3.Connection, key_index: int) -> list[Run]:
    """The runs of an index, oldest first; the ranges of their owners' numbers do not overlap."""
    rows = connection.execute(
        "SELECT number, level, first_page, pages, low, high, owners, voided, fences FROM key_run "
        "WHERE key_index = ? ORDER BY low",
        (key_index,),
    )
    return [_to_run(row) for row in rows]


def _to_run(row: tuple[int, int, int, int, int, int, int, int, bytes]) -> Run:
    number, level, first_page, pages, low, high, owners, voided, fences = row
    first_keys, last_keys = np.frombuffer(fences, np.uint64).reshape(2, pages)
    return Run(
        number=number,
        level=level,
        first_page=first_page,
        first_keys=first_keys,
        last_keys=last_keys,
        low=low,
        high=high,
        owners=owners,
        voided=voided,
    )


def read_keys(connection: sqlite3.Connection, page: int) -> Keys:
    """The keys of a page, ascending."""
    (data,) = connection.execute("SELECT keys FROM key_page WHERE number = ?", (page,)).fetchone()
    return np.frombuffer(data, np.uint64)


def read_filter(connection: sqlite3.Connection, page: int) -> Keys:
    """The filter of a page's keys."""
    (data,) = connection.execute("SELECT words FROM key_page_filter WHERE number = ?", (page,)).fetchone()
    return np.frombuffer(data, np.uint64)


def read_owners(connection: sqlite3.Connection, page: int) -> Owners:
    """The owners of a page, in the order of its keys."""
    (data,) = connection.execute("SELECT owners FROM key_page_owners WHERE number = ?", (page,)).fetchone()
    return np.frombuffer(data, np.uint32)


def write_run(
    connection: sqlite3.Connection,
    key_index: int,
    pages: Iterator[tuple[Keys, Owners]],
    *,
    level: int,
    low: int,
    high: int,
    owners: int,
) -> None:
    """Write the pages, which come in the order of their keys, as a new run; no pages, no run."""
    first_keys, last_keys = [], []
    (last_page,) = connection.execute("SELECT coalesce(max(number), 0) FROM key_page").fetchone()
    for number, (keys, page_owners) in enumerate(pages, last_page + 1):
        connection.execute("INSERT INTO key_page VALUES (?, ?)", (number, keys.tobytes()))
        connection.execute("INSERT INTO key_page_filter VALUES (?, ?)", (number, page_filter.build(keys).tobytes()))
        connection.execute("INSERT INTO key_page_owners VALUES (?, ?)", (number, page_owners.tobytes()))
        first_keys.append(keys[0])
        last_keys.append(keys[-1])
    if first_keys:
        fences = np.array(first_keys + last_keys, np.uint64).tobytes()
        connection.execute(
            "INSERT INTO key_run (key_index, level, first_page, pages, low, high, owners, fences) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key_index, level, last_page + 1, len(first_keys), low, high, owners, fences),
        )


def remove_run(connection: sqlite3.Connection, run: Run) -> None:
    """Take a run and its pages out of the file."""
    span = (run.pages.start, run.pages.stop)
    connection.execute("DELETE FROM key_page WHERE number >= ? AND number < ?", span)
    connection.execute("DELETE FROM key_page_filter WHERE number >= ? AND number < ?", span)
    connection.execute("DELETE FROM key_page_owners WHERE number >= ? AND number < ?", span)
    connection.execute("DELETE FROM key_run WHERE number = ?", (run.number,))
