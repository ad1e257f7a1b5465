"""Zip files, read in place: nothing is ever written under a name that an archive gives."""

import os
import shutil
import struct
import tempfile
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import IO

from ingest.errors import ReadError

MAX_NESTED_BYTES = 1 << 30
_MAX_DIRECTORY_BYTES = 32 << 20  # room for some 300,000 members
_IN_MEMORY_BYTES = 32 << 20
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL_BYTES = (1 << 16) + 200
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError)


def opened(path: Path, within: str | None = None) -> zipfile.ZipFile:
    """The archive, or the one that lies `within` it; kept open, since a folder of letters is thousands of members.

    Raises `ReadError` for what is no zip file that can be read, with the fix.
    """
    try:
        found = path.stat()
        key = (path, found.st_mtime_ns, found.st_size, os.getpid())
        return _opened(*key) if within is None else _nested(*key, within)
    except DAMAGED:
        raise ReadError(f"{path.name} is no whole zip file; fetch it again") from None
    except OSError as error:
        raise ReadError(f"cannot read {path.name}: {error.strerror or 'it is damaged'}; check the file") from None


@lru_cache(maxsize=8)
def _opened(path: Path, _changed: int, _size: int, _process: int) -> zipfile.ZipFile:
    with path.open("rb") as file:
        _check_directory(file, path.name)
    return zipfile.ZipFile(path)


@lru_cache(maxsize=4)
def _nested(path: Path, changed: int, size: int, process: int, within: str) -> zipfile.ZipFile:
    outer = _opened(path, changed, size, process)
    if outer.getinfo(within).file_size > MAX_NESTED_BYTES:
        raise ReadError(f"a zip file inside {path.name} is larger than {MAX_NESTED_BYTES >> 30} GB; unpack it first")
    spooled: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 - the archive keeps it
    with outer.open(within) as inner:
        shutil.copyfileobj(inner, spooled)
    _check_directory(spooled, path.name)
    return zipfile.ZipFile(spooled)


def _check_directory(file: IO[bytes], name: str) -> None:
    """Refuse a table of contents that would fill the memory before a single member is seen."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _TAIL_BYTES))
    tail = file.read()
    file.seek(0)
    at, at_64 = tail.rfind(_END), tail.rfind(_END_64)
    size = struct.unpack_from("<I", tail, at + 12)[0] if 0 <= at <= len(tail) - 16 else 0
    if size == 0xFFFFFFFF and 0 <= at_64 <= len(tail) - 48:
        size = struct.unpack_from("<Q", tail, at_64 + 40)[0]
    if size > _MAX_DIRECTORY_BYTES:
        raise ReadError(f"{name} lists more files than can be read at once; split it, or unpack it")
