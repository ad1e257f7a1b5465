"""Documents in named collections: the contract, and the embedded store that keeps it."""

from store.contract import Collection, Document, FieldValue, KeyHits, Neighbours, Store
from store.sqlite import SqliteStore

__all__ = ["Collection", "Document", "FieldValue", "KeyHits", "Neighbours", "SqliteStore", "Store"]
