"""The embedded store: one SQLite file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store import documents as rows
from store import finding, leases
from store.contract import Collection, Document, FieldValue, KeyHits, Neighbours
from store.database import Database
from store.errors import unknown
from store.key_index import KeyIndexes
from store.schema import TABLES, VERSION, Table, make_table, read_tables
from store.vector_index import VectorIndexes

_PART = 500


class SqliteStore:
    """A store in the file `path`, or in a private temporary one that `close` removes. Errors are StoreError.

    Any number of processes may read while one writes; a second writer waits its turn. `page_size` (pairs) and `fan_in`
    (runs) shape the key indexes; up to `exact_below` vectors every one is compared, above that a graph is searched.
    """

    def __init__(
        self, path: Path | None = None, *, page_size: int = 16_384, fan_in: int = 8, exact_below: int = 10_000
    ) -> None:
        self._database = Database(path, name="store", version=VERSION, tables=TABLES)
        self._keys = KeyIndexes(self._database, page_size=page_size, fan_in=fan_in)
        self._vectors = VectorIndexes(self._database, exact_below=exact_below)

    def create(self, collections: Sequence[Collection]) -> None:
        """Make the collections that do not exist yet; those that do get the fields they lack."""
        with self._database.write() as connection:
            for collection in collections:
                make_table(connection, collection)

    def upsert(self, collection: str, documents: Sequence[Document]) -> int:
        """Write the documents in one transaction; of two with the same id the last counts."""
        table = self._table(collection)
        with self._database.write() as connection:
            return rows.upsert(connection, table, documents)

    def get(self, collection: str, ids: Sequence[str]) -> list[Document]:
        """The documents with these ids that exist, in the order asked for."""
        table = self._table(collection)
        with self._database.read() as connection:
            return rows.get(connection, table, ids)

    def find(
        self,
        collection: str,
        *,
        where: Mapping[str, FieldValue] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> Iterator[Document]:
        """Stream the documents by `at` then id, undated ones last; what is written meanwhile may come along."""
        table = self._table(collection)
        conditions = finding.time_conditions(finding.field_conditions(table, where), since, until)
        return finding.stream(self._database, table, conditions, newest_first=newest_first, limit=limit)

    def having(self, collection: str, field: str, values: Sequence[str]) -> Iterator[Document]:
        """Stream the documents whose field is one of these values, in no order."""
        return finding.having(self._database, self._table(collection), field, values)

    def count(self, collection: str, *, where: Mapping[str, FieldValue] | None = None) -> int:
        """How many documents match."""
        table = self._table(collection)
        return finding.count(self._database, table, finding.field_conditions(table, where))

    def search(self, collection: str, words: str, *, limit: int = 20) -> list[Document]:
        """The documents whose text holds all the words, whatever their case and accents, best first."""
        table = self._table(collection)
        if not table.searchable:
            known = [name for name, other in self._all_tables().items() if other.searchable]
            raise unknown("searchable collection", collection, known)
        return finding.search(self._database, table, words, limit)

    def delete(self, collection: str, ids: Sequence[str]) -> int:
        """Remove the documents, and their ids from every key and vector index; return how many documents there were."""
        table = self._table(collection)
        with self._database.write() as connection:
            removed = rows.delete(connection, table, ids)
            self._keys.forget(ids)
            self._vectors.forget(ids)
            return removed

    def expire(self, collection: str, before: datetime) -> int:
        """Remove the documents dated before this moment, a part at a time; return how many there were."""
        removed = 0
        while ids := [document.id for document in self.find(collection, until=before, limit=_PART)]:
            removed += self.delete(collection, ids)
        return removed

    def add_keys(self, index: str, ids: Sequence[str], keys: NDArray[np.uint64]) -> None:
        """File each id under its row of `keys` in place of the keys it had; the key 0 means no key."""
        self._keys.add(index, ids, keys)

    def look_up(self, index: str, keys: NDArray[np.uint64], *, most: int | None = None) -> KeyHits:
        """Which ids stand under any of the keys; a pair sharing several keys comes once."""
        return self._keys.look_up(index, keys, most)

    def add_vectors(self, index: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """File unit vectors under their ids in place of those they had."""
        self._vectors.add(index, ids, vectors)

    def vectors(self, index: str, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those ids that have one, to the bit as they were filed."""
        return self._vectors.get(index, ids)

    def nearest(self, index: str, vectors: NDArray[np.float32], k: int) -> Neighbours:
        """The k nearest of each unit vector by exact cosine, nearest first, ties by id."""
        return self._vectors.nearest(index, vectors, k)

    def claim(self, lease: str, holder: str, seconds: float) -> str:
        """Take the lease for so long, or renew it, unless another holds it; returns who holds it now."""
        with self._database.write() as connection:
            return leases.claim(connection, lease, holder, seconds)

    def release(self, lease: str, holder: str) -> None:
        """Give the lease back, if this holder has it."""
        with self._database.write() as connection:
            leases.release(connection, lease, holder)

    def close(self) -> None:
        """Release the file; what was written stays, unless the store was a temporary one."""
        self._vectors.close()
        self._database.close()

    def _table(self, collection: str) -> Table:
        tables = self._all_tables()
        if collection not in tables:
            raise unknown("collection", collection, list(tables))
        return tables[collection]

    def _all_tables(self) -> dict[str, Table]:
        # Read each time: another process may have made a collection or given it fields.
        with self._database.read() as connection:
            return read_tables(connection)
