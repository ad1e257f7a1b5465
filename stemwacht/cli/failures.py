"""Errors that a person can mend, as one line and an exit code."""

import errno
import sqlite3

import msgspec

from analysis import EmbedderError, LanguageError
from ingest import IngestError
from store import StoreError

INPUT, CONFIGURATION, STORAGE, MODEL, INTERRUPTED = 3, 4, 5, 6, 130


class Failure(msgspec.Struct, frozen=True):
    """What to tell, and the exit code."""

    words: str
    code: int


def failure(error: Exception) -> Failure | None:
    """The failure that an expected error means; None for one that is a defect of ours."""
    if isinstance(error, IngestError):
        return Failure(str(error), INPUT)
    if isinstance(error, StoreError | sqlite3.Error):
        return Failure(str(error), STORAGE)
    if isinstance(error, EmbedderError | LanguageError):
        return Failure(str(error), MODEL)
    if isinstance(error, OSError):
        return Failure(_of_the_system(error), STORAGE)
    if isinstance(error, ValueError):
        return Failure(str(error), CONFIGURATION)
    return None


def _of_the_system(error: OSError) -> str:
    place = f" {error.filename}" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"the disk is full{place}; free some space and run again: nothing is lost"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"not allowed to write{place}; choose another folder with --out, or change its rights"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"a file stands where a folder should be:{place}; choose another folder, or move the file"
    return f"{error.strerror or error}{place}"
