"""Where the bytes of an input lie: a file, a member of an archive, or several loose files that are one input."""

import zipfile
from pathlib import Path
from typing import IO

import msgspec


class Member(msgspec.Struct, frozen=True):
    """A file inside a zip archive, read in place."""

    archive: Path
    inner: str

    @property
    def name(self) -> str:
        """Its own name, without the folders before it."""
        return self.inner.replace("\\", "/").rsplit("/", 1)[-1]

    def open(self, mode: str = "rb") -> IO[bytes]:
        """Its bytes, unpacked as they are read."""
        return zipfile.ZipFile(self.archive).open(self.inner)


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
