"""Where the bytes of an input lie: a file, a member of an archive, or several loose files that are one input."""

from pathlib import Path
from typing import IO

import msgspec

from ingest.archives import opened


class Member(msgspec.Struct, frozen=True):
    """A file inside a zip archive, or inside the zip file `within` that one; read in place."""

    archive: Path
    inner: str
    within: str | None = None

    @property
    def name(self) -> str:
        """Its own name, without the folders before it and without what a terminal could not print."""
        last = self.inner.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        return "".join(char if char.isprintable() else "?" for char in last) or self.archive.name

    @property
    def packed_bytes(self) -> int:
        """Its size in the archive, in bytes. Raises `ReadError`."""
        return opened(self.archive, self.within).getinfo(self.inner).compress_size

    def open(self, mode: str = "rb") -> IO[bytes]:
        """Its bytes, unpacked as they are read. Raises `ReadError` when the archive cannot be opened."""
        return opened(self.archive, self.within).open(self.inner)


File = Path | Member


class Bundle(msgspec.Struct, frozen=True):
    """Loose files of one folder that are read together: letters, or the saved pages of one consultation."""

    name: str
    files: tuple[File, ...]


Place = File | Bundle


class Opening(msgspec.Struct, frozen=True):
    """What a format is asked about: the place, its name in lower case without the ending of a compression, and the
    first 64 KB of its content, decompressed. `parts` are the openings of a bundle's files, whose own head is empty.
    """

    place: Place
    name: str
    head: bytes
    parts: tuple["Opening", ...] = ()
