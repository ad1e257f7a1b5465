"""Vectors by id, and the nearest of a vector. The file is the truth; the graph beside it can always be made again."""

import sqlite3
import uuid
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from store.contract import Neighbours
from store.database import Database
from store.encoding import id_portions, portions, to_bytes, to_text
from store.errors import StoreError
from store.ranking import best, ranked, unranked
from store.vector_graph import VectorGraph

Vectors = NDArray[np.float32]

_PAGE = 2_000
_QUERIES = 1_000
_SHARE = 20  # a graph finds few among many; a k that is more than a twentieth of all is not few


class Space(msgspec.Struct, frozen=True):
    """One index: its number, the token in the name of its graph's file, the length and the number of its vectors."""

    number: int
    token: str
    dimensions: int
    vectors: int


class VectorIndexes:
    """The vector indexes of a store; up to `exact_below` vectors `nearest` compares every one."""

    def __init__(self, database: Database, *, exact_below: int) -> None:
        self._database, self._exact_below = database, exact_below
        self._graphs: dict[str, VectorGraph] = {}

    def add(self, name: str, ids: Sequence[str], vectors: Vectors) -> None:
        """File the vectors under their ids in place of those they had; of two with the same id the last counts."""
        if vectors.ndim != 2 or len(vectors) != len(ids):
            raise StoreError(f"vectors of shape {vectors.shape} for {len(ids)} ids: give one row per id")
        if not len(ids):
            return
        latest = {one: np.ascontiguousarray(row, "<f4").tobytes() for one, row in zip(ids, vectors, strict=True)}
        with self._database.write() as connection:
            space = _space(connection, name) or _make_space(connection, name, vectors.shape[1])
            _check(space, name, vectors)
            same = _same(connection, space, latest)
            fresh = [(to_bytes(one), data) for one, data in latest.items() if one not in same]
            _file(connection, space, fresh)

    def get(self, name: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those ids that have one."""
        found: dict[str, Vectors] = {}
        with self._database.read() as connection:
            space = _space(connection, name)
            for statement, portion in id_portions(
                "SELECT id, data FROM vector INDEXED BY vector_id WHERE id IN ({values}) AND vector_index = ?", ids
            ):
                for one, data in connection.execute(statement, (*portion, space.number if space else 0)):
                    found[to_text(one)] = np.frombuffer(data, "<f4")
        return found

    def nearest(self, name: str, vectors: Vectors, k: int) -> Neighbours:
        """The k nearest of each vector by cosine, ties by id."""
        with self._database.read() as connection:
            space = _space(connection, name)
            if space is None or not space.vectors or k < 1 or not len(vectors):
                return Neighbours([[] for _ in vectors], [np.empty(0, np.float32) for _ in vectors])
            _check(space, name, vectors)
            if space.vectors <= max(self._exact_below, _SHARE * k):
                blocks = [vectors[start : start + _QUERIES] for start in range(0, len(vectors), _QUERIES)]
                return _joined([_among_all(connection, space, block, k) for block in blocks])
            graph = self._graphs.setdefault(space.token, VectorGraph(self._database.path, space.token))
            graph.follow(connection, space.number, space.dimensions, space.vectors)
            return _among(connection, space, graph.candidates(vectors, k), vectors, k)

    def forget(self, ids: Sequence[str]) -> None:
        """Take the ids out of every index."""
        with self._database.write() as connection:
            for statement, portion in id_portions(
                "DELETE FROM vector INDEXED BY vector_id WHERE id IN ({values}) RETURNING vector_index", ids
            ):
                gone = connection.execute(statement, portion).fetchall()
                connection.executemany("UPDATE vector_index SET vectors = vectors - 1 WHERE number = ?", gone)

    def close(self) -> None:
        """Leave the graphs beside the file for the next process."""
        for graph in self._graphs.values():
            graph.save()


def _space(connection: sqlite3.Connection, name: str) -> Space | None:
    statement = "SELECT number, token, dimensions, vectors FROM vector_index WHERE name = ?"
    row = connection.execute(statement, (name,)).fetchone()
    return Space(*row) if row else None


def _make_space(connection: sqlite3.Connection, name: str, dimensions: int) -> Space:
    statement = "INSERT INTO vector_index (name, token, dimensions) VALUES (?, ?, ?)"
    token = uuid.uuid4().hex
    number = connection.execute(statement, (name, token, dimensions)).lastrowid
    return Space(int(number or 0), token, dimensions, 0)


def _check(space: Space, name: str, vectors: Vectors) -> None:
    if vectors.shape[1] != space.dimensions:
        raise StoreError(
            f"the vectors of index {name!r} have {space.dimensions} numbers, these have {vectors.shape[1]}: "
            "use another index for another embedder"
        )


def _same(connection: sqlite3.Connection, space: Space, latest: dict[str, bytes]) -> set[str]:
    same: set[str] = set()
    for statement, portion in id_portions(
        "SELECT id, data FROM vector INDEXED BY vector_id WHERE id IN ({values}) AND vector_index = ?", list(latest)
    ):
        rows = connection.execute(statement, (*portion, space.number))
        same.update(to_text(one) for one, data in rows if latest[to_text(one)] == data)
    return same


def _file(connection: sqlite3.Connection, space: Space, fresh: Sequence[tuple[bytes, bytes]]) -> None:
    # A changed vector gets a new number: a graph that another process holds sees that the old one is void.
    (first,) = connection.execute("SELECT next_number FROM vector_index WHERE number = ?", (space.number,)).fetchone()
    old = ((one, space.number) for one, _ in fresh)
    replaced = connection.executemany("DELETE FROM vector WHERE id = ? AND vector_index = ?", old).rowcount
    connection.executemany(
        "INSERT INTO vector (vector_index, number, id, data) VALUES (?, ?, ?, ?)",
        ((space.number, number, *row) for number, row in enumerate(fresh, first)),
    )
    change = "UPDATE vector_index SET next_number = ?, vectors = vectors + ? WHERE number = ?"
    connection.execute(change, (first + len(fresh), len(fresh) - max(replaced, 0), space.number))


def _among_all(connection: sqlite3.Connection, space: Space, vectors: Vectors, k: int) -> Neighbours:
    statement = "SELECT id, data FROM vector WHERE vector_index = ? ORDER BY id"
    rows = connection.execute(statement, (space.number,))
    ids: list[str] = []
    top = np.empty((len(vectors), 0), np.uint64)
    while page := rows.fetchmany(_PAGE):
        matrix = np.frombuffer(b"".join(data for _, data in page), "<f4").reshape(len(page), -1)
        top = best(np.hstack([top, best(ranked(vectors @ matrix.T, len(ids)), k)]), k)
        ids.extend(to_text(one) for one, _ in page)
    places, cosines = unranked(top)
    return Neighbours([[ids[place] for place in row] for row in places.tolist()], list(cosines))


def _joined(parts: list[Neighbours]) -> Neighbours:
    return Neighbours(
        [row for part in parts for row in part.documents], [row for part in parts for row in part.cosines]
    )


def _among(
    connection: sqlite3.Connection, space: Space, candidates: list[NDArray[np.int64]], vectors: Vectors, k: int
) -> Neighbours:
    documents: list[list[str]] = []
    cosines: list[NDArray[np.float32]] = []
    for start in range(0, len(vectors), _QUERIES):
        block = candidates[start : start + _QUERIES]
        ids, matrix, place = _load(connection, space, np.unique(np.concatenate(block)))
        for numbers, vector in zip(block, vectors[start : start + _QUERIES], strict=True):
            found = np.sort(place[np.searchsorted(place[:, 0], numbers), 1])
            order, scores = unranked(best(ranked((matrix[found] @ vector)[None, :], 0), k))
            documents.append([ids[one] for one in found[order[0]].tolist()])
            cosines.append(scores[0])
    return Neighbours(documents, cosines)


def _load(
    connection: sqlite3.Connection, space: Space, numbers: NDArray[np.int64]
) -> tuple[list[str], Vectors, NDArray[np.int64]]:
    """Ids in their order, their vectors, and pairs (number, place among them) by number."""
    rows: list[tuple[bytes, int, bytes]] = []
    asked = "SELECT id, number, data FROM vector WHERE vector_index = ? AND number IN ({values})"
    for statement, portion in portions(asked, numbers.tolist()):
        rows.extend(connection.execute(statement, (space.number, *portion)))
    rows.sort()
    matrix = np.frombuffer(b"".join(data for _, _, data in rows), "<f4").reshape(len(rows), -1)
    pairs = sorted((number, place) for place, (_, number, _) in enumerate(rows))
    return [to_text(one) for one, _, _ in rows], matrix, np.array(pairs, np.int64).reshape(-1, 2)
