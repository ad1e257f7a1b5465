"""What every store can do. A store keeps documents in named collections and knows nothing of elections."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

FieldValue = str | int | bool | None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a collection.

    `body` is a JSON document; `at` orders and dates it (aware UTC); `text` is what full-text search sees.
    """

    id: str
    body: bytes
    at: datetime | None = None
    text: str | None = None


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """A named set of documents; `fields` names the top-level fields of the body that `find` can ask for.

    `dated` says that documents are many and go by age: a store may keep them in parts by their date.
    """

    name: str
    fields: tuple[str, ...] = ()
    searchable: bool = False
    dated: bool = False


class KeyHits(msgspec.Struct, frozen=True):
    """Hits of a key look-up: `query[i]` is the row asked with, `document[i]` the id found under one of its keys."""

    query: NDArray[np.int64]
    document: list[str]


class Neighbours(msgspec.Struct, frozen=True):
    """Nearest vectors: for each query a list of document ids and, in the same order, their cosines."""

    documents: list[list[str]]
    cosines: list[NDArray[np.float32]]


class Store(Protocol):
    """Documents in named collections; every write is an upsert, so a write repeated changes nothing."""

    def create(self, collections: Sequence[Collection]) -> None:
        """Make the collections that do not exist yet."""

    def upsert(self, collection: str, documents: Sequence[Document]) -> int:
        """Write the documents, replacing those with the same id, in one transaction; return how many ids were new."""

    def get(self, collection: str, ids: Sequence[str]) -> list[Document]:
        """The documents with these ids that exist, in the order asked for."""

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
        """Stream the documents whose fields equal `where` and whose `at` is in [since, until), by `at` then id."""

    def having(self, collection: str, field: str, values: Sequence[str]) -> Iterator[Document]:
        """Stream the documents whose field is one of these values, in no order; many values are asked for at once."""

    def count(self, collection: str, *, where: Mapping[str, FieldValue] | None = None) -> int:
        """How many documents match."""

    def search(self, collection: str, words: str, *, limit: int = 20) -> list[Document]:
        """Full-text search, best first; the words are data, never query syntax."""

    def delete(self, collection: str, ids: Sequence[str]) -> int:
        """Remove these documents with their keys and vectors; return how many there were."""

    def expire(self, collection: str, before: datetime) -> int:
        """Remove the documents dated before this moment, as `delete` does; return how many there were.

        Undated ones stay. A store that keeps them in parts by date drops whole parts.
        """

    def add_keys(self, index: str, ids: Sequence[str], keys: NDArray[np.uint64]) -> None:
        """File each id under its row of `keys`, shape (len(ids), k); the key 0 means no key."""

    def look_up(self, index: str, keys: NDArray[np.uint64], *, most: int | None = None) -> KeyHits:
        """Which ids stand under any of the keys, shape (queries, k); a pair sharing several keys comes once.

        A key that m ids share brings each query that asks for it m hits. `most` bounds that: of each key the ids that
        were filed first, `most` of them, fewer where some of those are gone; memory then follows the queries.
        """

    def add_vectors(self, index: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """File unit vectors, shape (len(ids), d), under their ids."""

    def vectors(self, index: str, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those ids that have one."""

    def nearest(self, index: str, vectors: NDArray[np.float32], k: int) -> Neighbours:
        """The k nearest of each unit vector by cosine."""

    def claim(self, lease: str, holder: str, seconds: float) -> str:
        """Take the lease for so long, or renew it, unless another holds it; returns who holds it now."""

    def release(self, lease: str, holder: str) -> None:
        """Give the lease back, if this holder has it."""

    def close(self) -> None:
        """Release files and connections; what was written stays."""
