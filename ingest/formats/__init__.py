"""The formats that can be read. Each is a module in this folder, found by its file name.

A format module has two public functions:

- `recognise(head: bytes, name: str) -> float`: how sure it is, 0 to 1, that it can read a file with these first
  bytes (decompressed) and this file name. The surest member reads the file; 0 means no.
- `read(path: Path) -> Table`: opens it. Rows come one by one; a record that cannot be read comes as a `BadRow` and
  reading goes on. It raises `ReadError` when nothing at all can be read, and no other exception.

The general formats hand the columns on as they are. A module for the export of one system recognises that system
with more certainty than a general format does, and names its columns after the roles (`text`, `author`,
`published`…), with times that carry their zone: then it is read untold.
"""

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from ingest.errors import UnknownFormat
from ingest.opening import bare_name, head_of
from ingest.rows import Table


class Format(Protocol):
    """What a module of this folder offers."""

    def recognise(self, head: bytes, name: str) -> float:
        """How sure, 0 to 1."""

    def read(self, path: Path) -> Table:
        """The opened file."""


@cache
def formats() -> dict[str, Format]:
    """All formats by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: cast(Format, importlib.import_module(f"{__name__}.{name}")) for name in names}


def format_of(path: Path) -> str:
    """The name of the format that recognises the file. Raises `UnknownFormat`, or `ReadError` if it cannot open."""
    head = head_of(path)
    if not head.strip():
        raise UnknownFormat(f"{path.name} is empty; check the export")
    name = bare_name(path)
    sureness, best = max((module.recognise(head, name), key) for key, module in formats().items())
    if sureness <= 0:
        raise UnknownFormat(f"{path.name} is in no format that is read here; there are: {', '.join(formats())}")
    return best
