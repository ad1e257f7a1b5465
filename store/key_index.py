"""Which ids share a key: look-up by band keys, kept in sorted runs.

A B-tree of (key, id) rows is written in as many places as there are keys; sorted runs are written in one stroke.
An id stands in a run by its number. An id filed again under other keys gets a new number, so what the runs say of the
old one is void at once and leaves the file when they are merged.
"""

import hashlib
import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from store import page_filter
from store.contract import KeyHits
from store.database import Database
from store.encoding import id_portions, portions, to_bytes, to_text
from store.errors import StoreError
from store.run_merge import cut, merge_full_levels, void
from store.run_pages import Keys, Owners, Run, read_filter, read_keys, read_owners, read_runs, write_run

_MOST_OWNERS = 2**32
_NOTHING = np.empty(0, np.int64)


class KeyIndexes:
    """The key indexes of a store. `page_size` counts pairs; `fan_in` is how many runs of one level are merged."""

    def __init__(self, database: Database, *, page_size: int, fan_in: int) -> None:
        self._database, self._page_size, self._fan_in = database, page_size, fan_in

    def add(self, name: str, ids: Sequence[str], keys: Keys) -> None:
        """File each id under its row of keys, in place of the keys it had."""
        rows = np.sort(_as_rows(keys, len(ids)), axis=1)
        rows[:, 1:][rows[:, 1:] == rows[:, :-1]] = 0
        digests = [hashlib.blake2b(row, digest_size=16).digest() for row in rows]
        with self._database.write() as connection:
            connection.execute("INSERT OR IGNORE INTO key_index (name) VALUES (?)", (name,))
            index = _number(connection, name)
            latest = {one: position for position, one in enumerate(ids)}
            known = _digests(connection, index, list(latest))
            changed = [place for one, place in latest.items() if known.get(one) != digests[place]]
            if changed:
                self._void(connection, [ids[place] for place in changed if ids[place] in known], index)
                owners = _file(connection, index, [(to_bytes(ids[place]), digests[place]) for place in changed])
                pages = cut(*_pairs(rows[changed], owners), self._page_size)
                low, high = int(owners[0]), int(owners[-1])
                write_run(connection, index, pages, level=0, low=low, high=high, owners=len(owners))
                merge_full_levels(connection, index, fan_in=self._fan_in, page_size=self._page_size)

    def look_up(self, name: str, keys: Keys, most: int | None) -> KeyHits:
        """The ids under any of the keys of each row, by row and then in the order of filing; see the contract."""
        rows = _as_rows(keys, len(keys))
        order = _order(rows.ravel())
        asked = rows.ravel()[order]
        marked = page_filter.marks(asked)
        with self._database.read() as connection:
            index = _number(connection, name)
            found = [_search(connection, run, asked, marked, most) for run in read_runs(connection, index)]
            places = np.concatenate([order[part[0]] for part in found]) if found else _NOTHING
            owners = np.concatenate([part[1] for part in found]) if found else _NOTHING
            if most is not None:
                places, owners = _first_filed(places, owners, most)
            query, owner = _distinct(places // max(rows.shape[1], 1), owners)
            return _named(connection, index, query, owner)

    def forget(self, ids: Sequence[str]) -> None:
        """Take the ids out of every index."""
        with self._database.write() as connection:
            for (index,) in connection.execute("SELECT number FROM key_index").fetchall():
                self._void(connection, ids, index)

    def _void(self, connection: sqlite3.Connection, ids: Sequence[str], index: int) -> None:
        gone: list[int] = []
        asked = (
            "DELETE FROM key_owner INDEXED BY key_owner_id WHERE id IN ({values}) AND key_index = ? RETURNING number"
        )
        for statement, portion in id_portions(asked, ids):
            gone.extend(row[0] for row in connection.execute(statement, (*portion, index)).fetchall())
        if gone:
            void(connection, index, gone, page_size=self._page_size)


def _as_rows(keys: Keys, rows: int) -> Keys:
    if keys.ndim != 2 or len(keys) != rows:
        raise StoreError(f"keys of shape {keys.shape} for {rows} ids: give one row of keys per id")
    return np.ascontiguousarray(keys, np.uint64)


def _number(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT number FROM key_index WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def _digests(connection: sqlite3.Connection, index: int, ids: Sequence[str]) -> dict[str, bytes]:
    digests: dict[str, bytes] = {}
    for statement, portion in id_portions(
        "SELECT id, digest FROM key_owner INDEXED BY key_owner_id WHERE id IN ({values}) AND key_index = ?", ids
    ):
        digests.update((to_text(one), digest) for one, digest in connection.execute(statement, (*portion, index)))
    return digests


def _file(connection: sqlite3.Connection, index: int, filed: Sequence[tuple[bytes, bytes]]) -> Owners:
    (first,) = connection.execute("SELECT next_owner FROM key_index WHERE number = ?", (index,)).fetchone()
    if first + len(filed) > _MOST_OWNERS:
        raise StoreError(f"a key index numbers at most {_MOST_OWNERS} ids: begin a new index")
    connection.execute("UPDATE key_index SET next_owner = ? WHERE number = ?", (first + len(filed), index))
    connection.executemany(
        "INSERT INTO key_owner (key_index, number, id, digest) VALUES (?, ?, ?, ?)",
        ((index, number, *row) for number, row in enumerate(filed, first)),
    )
    return np.arange(first, first + len(filed), dtype=np.uint32)


def _pairs(rows: Keys, owners: Owners) -> tuple[Keys, Owners]:
    order = _order(rows.ravel())
    return rows.ravel()[order], owners[order // max(rows.shape[1], 1)]


def _order(keys: Keys) -> NDArray[np.int64]:
    """The places of the keys in ascending order, without those of the key 0."""
    order = np.argsort(keys)
    return order[np.searchsorted(keys, np.uint64(0), side="right", sorter=order) :]


def _search(
    connection: sqlite3.Connection, run: Run, asked: Keys, marked: Keys, most: int | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places in `asked`, ascending keys with their marks, and the owners found there."""
    starts = np.searchsorted(asked, run.first_keys, side="left")
    stops = np.searchsorted(asked, run.last_keys, side="right")
    places, owners = [_NOTHING], [_NOTHING]
    for place, page in enumerate(run.pages):
        part = slice(starts[place], stops[place])
        if part.start == part.stop:
            continue
        words, first, last = read_filter(connection, page), run.first_keys[place], run.last_keys[place]
        likely = part.start + page_filter.may_hold(words, first, last, asked[part], marked[part])
        if len(likely):
            known, low, hits = _within(read_keys(connection, page), asked[likely])
            # Under one key a page lists ids in the order of filing, so the first ones stand in front.
            taken = hits if most is None else np.minimum(hits, most)
            places.append(np.repeat(likely[known], taken))
            owners.append(read_owners(connection, page)[_spans(low, taken)].astype(np.int64))
    return np.concatenate(places), np.concatenate(owners)


def _within(keys: Keys, asked: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Which of the asked keys are among the sorted ones, where each begins there and how often it stands."""
    low = np.searchsorted(keys, asked)
    known = np.flatnonzero(keys[np.minimum(low, len(keys) - 1)] == asked)
    low = low[known]
    return known, low, np.searchsorted(keys, asked[known], side="right") - low


def _spans(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    ends = np.cumsum(lengths)
    return np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)


def _first_filed(
    places: NDArray[np.int64], owners: NDArray[np.int64], most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The `most` owners of each place that were filed first."""
    order = np.lexsort((owners, places))
    places, owners = places[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]])) if len(places) else _NOTHING
    rank = np.arange(len(places)) - np.repeat(starts, np.diff(np.concatenate([starts, [len(places)]])))
    return places[rank < most], owners[rank < most]


def _distinct(query: NDArray[np.int64], owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pairs = np.unique((query << 32) | owner)
    return pairs >> 32, pairs & (_MOST_OWNERS - 1)


def _named(connection: sqlite3.Connection, index: int, query: NDArray[np.int64], owner: NDArray[np.int64]) -> KeyHits:
    numbers = np.unique(owner).tolist()
    names: dict[int, str] = {}
    asked = "SELECT number, id FROM key_owner WHERE key_index = ? AND number IN ({values})"
    for statement, portion in portions(asked, numbers):
        names.update((number, to_text(one)) for number, one in connection.execute(statement, (index, *portion)))
    alive = np.isin(owner, np.fromiter(names, np.int64, len(names)))
    return KeyHits(query[alive], [names[number] for number in owner[alive].tolist()])
