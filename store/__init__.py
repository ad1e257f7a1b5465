"""Documents in named collections: the contract, and the embedded store that keeps it."""

from store.contract import Collection, Document, FieldValue, KeyHits, Neighbours, Store
from store.database import Database
from store.errors import StoreError
from store.sqlite import SqliteStore

__all__ = [
    "Collection",
    "Database",
    "Document",
    "FieldValue",
    "KeyHits",
    "Neighbours",
    "SqliteStore",
    "Store",
    "StoreError",
]
