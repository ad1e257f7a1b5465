"""The store on Elasticsearch."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from store.contract import Collection, Document, FieldValue, KeyHits, Neighbours
from store.elasticsearch import documents as rows
from store.elasticsearch import expiring, finding, key_look_up
from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import make_collection
from store.elasticsearch.keys import KeyIndexes
from store.elasticsearch.leases import Leases
from store.elasticsearch.options import ElasticsearchOptions
from store.elasticsearch.parts import Parts
from store.elasticsearch.tables import Tables
from store.elasticsearch.vectors import Graph, VectorIndexes


class ElasticsearchStore:
    """A store on a cluster. Errors are StoreError; RefusedError, which is one, names documents that do not fit.

    Any number of processes may share it, each with as many threads as it likes. Every write is visible to every search
    when its call returns. Documents of a `dated` collection stand in indices named after their own date. Up to
    `exact_below` vectors every one is compared, above that the server's graph is searched; `graph` is its kind where an
    index of vectors is made.
    """

    def __init__(self, options: ElasticsearchOptions, *, exact_below: int = 2_000, graph: Graph = "bbq_hnsw") -> None:
        self._connection = Connection(options)
        self._tables = Tables(self._connection)
        self._parts = Parts(self._connection)
        self._keys = KeyIndexes(self._connection)
        self._vectors = VectorIndexes(self._connection, exact_below=exact_below, graph=graph)
        self._leases = Leases(self._connection)

    def create(self, collections: Sequence[Collection]) -> None:
        """Make the collections that do not exist yet; those without a template get the fields they lack.

        One that whoever signed in may not see, or not make, is left out.
        """
        for collection in collections:
            make_collection(self._connection, collection)
            self._tables.forget(collection.name)

    def upsert(self, collection: str, documents: Sequence[Document]) -> int:
        """Write the documents; of two with the same id the last counts.

        RefusedError names those that do not fit the index; the others are kept.
        """
        table = self._tables.find(collection)
        return rows.upsert(self._connection, table, self._parts, documents) if documents else 0

    def get(self, collection: str, ids: Sequence[str]) -> list[Document]:
        """The documents with these ids that exist, in the order asked for."""
        return rows.get(self._connection, self._tables.find(collection), ids)

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
        """Stream the documents by `at` then id, undated ones last; what is written meanwhile does not come along."""
        table = self._tables.find(collection, *(where or {}))
        clauses = finding.field_clauses(table, where) + finding.time_clauses(since, until)
        return finding.stream(self._connection, table, clauses, newest_first=newest_first, limit=limit)

    def having(self, collection: str, field: str, values: Sequence[str]) -> Iterator[Document]:
        """Stream the documents whose field is one of these values, in no order."""
        return finding.having(self._connection, self._tables.find(collection, field), field, values)

    def count(self, collection: str, *, where: Mapping[str, FieldValue] | None = None) -> int:
        """How many documents match."""
        table = self._tables.find(collection, *(where or {}))
        return finding.count(self._connection, table, finding.field_clauses(table, where))

    def search(self, collection: str, words: str, *, limit: int = 20) -> list[Document]:
        """The documents whose text holds all the words, whatever their case and accents, best first; 10,000 at most."""
        return finding.search(self._connection, self._tables.find_searchable(collection), words, limit)

    def delete(self, collection: str, ids: Sequence[str]) -> int:
        """Remove the documents, and their ids from every key and vector index; return how many documents there were."""
        return rows.delete(self._connection, self._tables.find(collection), ids)

    def expire(self, collection: str, before: datetime) -> int:
        """Remove the documents dated before this moment, whole indices where it can; return how many there were."""
        return expiring.expire(self._connection, self._tables.find(collection), self._parts, before)

    def add_keys(self, index: str, ids: Sequence[str], keys: NDArray[np.uint64]) -> None:
        """File each id under its row of `keys` in place of the keys it had; the key 0 means no key."""
        self._keys.add(index, ids, keys)

    def look_up(self, index: str, keys: NDArray[np.uint64], *, most: int | None = None) -> KeyHits:
        """Which ids stand under any of the keys; a pair sharing several keys comes once."""
        return key_look_up.look_up(self._connection, index, keys, most)

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
        return self._leases.claim(lease, holder, seconds)

    def release(self, lease: str, holder: str) -> None:
        """Give the lease back, if this holder has it."""
        self._leases.release(lease, holder)

    def close(self) -> None:
        """Release the connections; what was written stays."""
        self._connection.close()
