"""One SQLite file: its settings, its transactions, its errors."""

import os
import shutil
import sqlite3
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreError, explain

_BUSY_SECONDS = 60.0
_WAL_TRIES = 200
_PAGE_BYTES = 8192  # a document of 2 KB leaves half of a page of 4,096 bytes empty

_SETTINGS = """
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -32768;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;
"""


class Database:
    """A SQLite file in WAL mode: one writer and many readers, in any number of processes.

    `path` None means a private temporary file that goes when the database is closed. What a committed transaction
    wrote survives the death of the process; a power cut may lose the last transactions, never the file.
    `tables` is a script of CREATE ... IF NOT EXISTS; `name` and `version` say whose tables these are.
    """

    def __init__(self, path: Path | None, *, name: str, version: int, tables: str) -> None:
        if path is None:
            folder = Path(tempfile.mkdtemp(prefix="stemwacht-"))
            self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            path = folder / f"{name}.sqlite"
        self.path = path
        self._lock = threading.RLock()
        try:
            self._connection = _open(self.path)
            with self.write() as connection:
                _make_tables(connection, self.path, name, version, tables)
        except sqlite3.Error as error:
            raise explain(self.path, error) from error

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes: all of it or nothing. Within another one it is part of that."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A transaction that reads one state of the file, whatever others write meanwhile."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._connection
            if connection.in_transaction:
                yield connection
                return
            try:
                connection.execute(begin)
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise explain(self.path, error) from error
            finally:
                self._leave()

    def _leave(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file; a temporary one is removed."""
        with self._lock:
            self._connection.close()
        if hasattr(self, "_remove"):
            self._remove()


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}: give a path in a folder where this user may write") from error
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    _enter_wal(connection)
    connection.executescript(_SETTINGS)
    return connection


def _enter_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for others while the journal mode changes, so processes that start together take turns here.
    for last in [False] * _WAL_TRIES + [True]:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if last or getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.02)


def _make_tables(connection: sqlite3.Connection, path: Path, name: str, version: int, tables: str) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (name TEXT PRIMARY KEY, version INTEGER NOT NULL)")
    row = connection.execute("SELECT version FROM schema_version WHERE name = ?", (name,)).fetchone()
    if row is not None and row[0] > version:
        raise StoreError(f"{path}: written by a newer version (format {row[0]}, this one reads {version}): upgrade")
    for statement in tables.split(";"):
        connection.execute(statement)
    connection.execute("INSERT OR REPLACE INTO schema_version VALUES (?, ?)", (name, version))
