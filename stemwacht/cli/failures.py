"""Errors that a person can mend, as one line and an exit code."""

import errno
import sqlite3
from concurrent.futures.process import BrokenProcessPool

import msgspec

from analysis import EmbedderError, LanguageError
from ingest import IngestError
from store import StoreError

INPUT, CONFIGURATION, STORAGE, MODEL, INTERRUPTED = 3, 4, 5, 6, 130

_CODES: tuple[tuple[tuple[type[Exception], ...], int], ...] = (
    ((IngestError,), INPUT),
    ((StoreError, sqlite3.Error), STORAGE),
    ((EmbedderError, LanguageError), MODEL),
    ((ValueError,), CONFIGURATION),
)
_ENDED = (
    "a process of this run was ended from outside, most often because memory ran out; "
    "run again with threads = 1 under [embedder] in stemwacht.toml: nothing is lost"
)


class Failure(msgspec.Struct, frozen=True):
    """What to tell, and the exit code."""

    words: str
    code: int


def failure(error: Exception) -> Failure | None:
    """The failure that an expected error means; None for one that is a defect of ours."""
    if isinstance(error, OSError):
        return Failure(_of_the_system(error), STORAGE)
    if isinstance(error, BrokenProcessPool):
        return Failure(_ENDED, STORAGE)
    return next((Failure(str(error), code) for kinds, code in _CODES if isinstance(error, kinds)), None)


def _of_the_system(error: OSError) -> str:
    place = f" {error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"the disk is full{place}; free some space and run again: nothing is lost"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"not allowed to write{place}; choose another folder with --out, or change its rights"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"a file stands where a folder should be:{place}; choose another folder, or move the file"
    return f"{error.strerror or error}{place}"
