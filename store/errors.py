"""What goes wrong in a store, said so that the reader knows what to do."""

import sqlite3
from pathlib import Path

_FIXES = {
    sqlite3.SQLITE_FULL: "the disk is full: free space or move the file, then run again; nothing written is lost",
    sqlite3.SQLITE_READONLY: "it may not be written: give this user write access to the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: check that its folder exists and that this user may write there",
    sqlite3.SQLITE_PERM: "it may not be opened: give this user read and write access to the file and its folder",
    sqlite3.SQLITE_BUSY: "another process has been writing for too long: wait for it to end, then run again",
    sqlite3.SQLITE_LOCKED: "another connection holds it: close the other connection, then run again",
    sqlite3.SQLITE_NOTADB: "it is not a store: give the path of a store, or of a file that does not exist yet",
    sqlite3.SQLITE_CORRUPT: "it is damaged: restore it from a backup, or remove it and ingest again",
    sqlite3.SQLITE_IOERR: "reading or writing failed: check the disk and its limits, then run again",
}


class StoreError(Exception):
    """A store cannot do what was asked; the message names the place and the fix."""


def explain(path: Path, error: sqlite3.Error) -> StoreError:
    """The error of the database as one that names the file and the fix."""
    if "malformed JSON" in str(error):
        return StoreError(f"{path}: a body is not JSON: give each document a body that is; nothing was written")
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return StoreError(f"{path}: {_FIXES.get(primary, f'the database says: {error}')}")


def unknown(what: str, name: str, known: list[str]) -> StoreError:
    """The error for a name that does not exist, with those that do."""
    return StoreError(f"no {what} {name!r}; there are: {', '.join(sorted(known)) or 'none'}")
