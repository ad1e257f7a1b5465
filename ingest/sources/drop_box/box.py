"""The folder itself: files that lie in it, those that were read, those that cannot be."""

import os
import re
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from ingest.digests import digest_of
from ingest.errors import SourceError

READ, REJECTED = "read", "rejected"
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".tmp", ".temp", ".swp")
_DIGEST_CHARS = 16
_MARKED = re.compile(rf"\.([0-9a-f]{{{_DIGEST_CHARS}}})(?:\.[^.]*)?$")
_LONGEST_STEM_BYTES = 180


class Dropped(msgspec.Struct, frozen=True):
    """A file that is whole: its place, the digest that marks it, and its size and time when it was looked at.

    `refused` says why it is not opened at all.
    """

    path: Path
    digest: str
    looks: tuple[int, int]
    refused: str | None = None

    def is_unchanged(self) -> bool:
        """Whether it is still as it was when it was looked at."""
        try:
            return _looks(self.path) == self.looks
        except FileNotFoundError:
            return False


class Box:
    """A drop box. Raises `SourceError` when the folder is not there or files cannot be put aside in it."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise SourceError(f"no folder {folder}; make it, or name another one as path")
        self.folder = folder
        for name in (READ, REJECTED):
            self._made(folder / name)
        self._read = {found[1] for name in os.listdir(folder / READ) if (found := _MARKED.search(name))}  # noqa: PTH208 - names alone

    def whole_files(self, now: datetime, settle_seconds: float) -> Iterator[Dropped | PermissionError]:
        """The files that nobody has written to for so many seconds, in name order; one that may not be opened as such.

        A file that is renamed or written to is touched by the system itself, whatever its own date says.
        """
        for path in sorted(self.folder.iterdir()):
            try:
                found = path.lstat()
                if stat.S_ISDIR(found.st_mode) or is_unfinished(path.name):
                    continue
                if settle_seconds and now.timestamp() - found.st_ctime < settle_seconds:
                    continue
                yield _dropped(path, found.st_mode)
            except FileNotFoundError:  # somebody took it away meanwhile
                continue
            except PermissionError as error:
                yield error

    def has_folders(self) -> bool:
        """Whether folders lie in it beside its own two; they are not read."""
        return any(path.is_dir() and path.name not in (READ, REJECTED) for path in self.folder.iterdir())

    def was_read(self, file: Dropped) -> bool:
        """Whether a file of the same content was read before."""
        return file.digest in self._read

    def put_aside(self, file: Dropped) -> None:
        """Move a file that was read."""
        self._move(file, READ)
        self._read.add(file.digest)

    def reject(self, file: Dropped, why: str) -> None:
        """Move a file that cannot be read, and write beside it why, and what to do."""
        told = self.folder / REJECTED / f"{_marked_name(file)}.txt"
        try:
            told.write_text(f"{why}\n", encoding="utf-8", errors="replace")
        except OSError as error:
            raise self._closed(told.parent, error) from None
        self._move(file, REJECTED)

    def _move(self, file: Dropped, where: str) -> None:
        folder = self.folder / where
        try:
            file.path.replace(folder / _marked_name(file))
        except FileNotFoundError:  # another pull has moved it
            return
        except OSError as error:
            raise self._closed(folder, error) from None

    def _made(self, folder: Path) -> None:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise self._closed(folder, error) from None
        if not os.access(folder, os.W_OK | os.X_OK) or not os.access(self.folder, os.W_OK | os.X_OK):
            raise SourceError(f"files that were read cannot be moved to {folder}; check the rights of both folders")

    def _closed(self, folder: Path, error: OSError) -> SourceError:
        return SourceError(f"cannot write to {folder}: {error.strerror}; check its rights and the space on the disk")


def is_unfinished(name: str) -> bool:
    """Whether the name says that a file is hidden or still being written."""
    return name.startswith((".", "~$")) or name.lower().endswith(_UNFINISHED)


def _dropped(path: Path, mode: int) -> Dropped:
    looks = _looks(path)
    if stat.S_ISREG(mode):
        return Dropped(path, digest_of(path).sha256[:_DIGEST_CHARS], looks)
    what = "a link" if stat.S_ISLNK(mode) else "no ordinary file"
    return Dropped(path, "0" * _DIGEST_CHARS, looks, f"it is {what}; drop the file itself")


def _looks(path: Path) -> tuple[int, int]:
    found = path.lstat()
    return found.st_size, found.st_mtime_ns


def _marked_name(file: Dropped) -> str:
    """Its own name with the digest in it, so that it can be known again and stands beside others of its name."""
    stem = os.fsencode(file.path.stem)[:_LONGEST_STEM_BYTES]
    return f"{os.fsdecode(stem)}.{file.digest}{file.path.suffix[:20]}"
