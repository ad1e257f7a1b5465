"""The formats that can be read. Each is a module in this folder, found by its file name.

A format module has three public names:

- `EXAMPLE: str`: the start of a file in this format, or a line about it, as `stemwacht formats` shows it.
- `recognise(file: Opening) -> float`: how sure it is, 0 to 1, that it can read this input, by its shape and never by
  its name alone. The surest member reads it; 0 means no. The export of one system is known with 0.96 or more, a general
  format with less: two that know it for the export of their systems fit equally, however sure each of them is.
- `read(place: Place) -> Table`: opens it. Rows come one by one; a record that cannot be read comes as a `BadRow`,
  one that is no message as a `NotMessage`, and reading goes on. It raises `ReadError` when nothing at all can be read,
  and no other exception.

The general formats hand the columns on as they are. A module for the export of one system names its columns after the
roles (`text`, `author`, `published`…) and says so with `Table.native`: then nothing is left to guess.
"""

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from ingest.errors import ReadError, UnknownFormat
from ingest.opening import bare_name, head_of
from ingest.places import Bundle, File, Opening, Place
from ingest.rows import Table

HEAD_BYTES = 1 << 16
OF_ONE_SYSTEM = 0.96
_LEAST_HEAD_BYTES, _HEADS_BYTES = 2048, 128 << 20  # the heads of all files of a folder are held at once


class Format(Protocol):
    """What a module of this folder offers."""

    EXAMPLE: str

    def recognise(self, file: Opening) -> float:
        """How sure, 0 to 1."""

    def read(self, place: Place) -> Table:
        """The opened file."""


@cache
def formats() -> dict[str, Format]:
    """All formats by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: cast(Format, importlib.import_module(f"{__name__}.{name}")) for name in names}


def opening(place: Place) -> Opening:
    """The first look at an input. Raises `ReadError` if it cannot be opened."""
    if isinstance(place, Bundle):
        size = max(_LEAST_HEAD_BYTES, min(HEAD_BYTES, _HEADS_BYTES // max(len(place.files), 1)))
        parts = tuple(Opening(file, bare_name(file), _head(file, size)) for file in place.files)
        return Opening(place, place.name.lower(), b"", parts)
    return Opening(place, bare_name(place), head_of(place))


def _head(file: File, size: int) -> bytes:
    """The start of one file among others; empty where it cannot be opened, which its own row will say."""
    try:
        return head_of(file, size)
    except ReadError:
        return b""


def format_of(place: Place, wanted: str | None = None) -> str:
    """The name of the format that recognises the input; `wanted` goes before what would be recognised.

    Raises `UnknownFormat` when none does, when two do equally, or when none is called `wanted`; `ReadError` if the
    input cannot be opened.
    """
    if wanted is not None:
        return _checked(wanted)
    file = opening(place)
    if not file.head.strip() and not file.parts:
        raise UnknownFormat(f"{place.name} is empty; check the export")
    sureness = {name: module.recognise(file) for name, module in formats().items()}
    best = max(sureness.values())
    if best <= 0:
        raise UnknownFormat(f"{place.name} is in no format that is read here; there are: {', '.join(formats())}")
    found = [name for name, sure in sureness.items() if sure >= min(best, OF_ONE_SYSTEM)]
    if len(found) > 1:
        raise UnknownFormat(
            f"{place.name} can be read as {' or as '.join(found)}; say which with --format, as --format {found[0]}"
        )
    return found[0]


def _checked(name: str) -> str:
    if name not in formats():
        raise UnknownFormat(f"no format {name!r}; there are: {', '.join(formats())}")
    return name
