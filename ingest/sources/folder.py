"""A folder into which people drop exports and letters: each file is read once and moved aside."""

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ingest.batches import Batch
from ingest.desk import Desk
from ingest.errors import IngestError, UnknownShape
from ingest.expanding import Found, expand
from ingest.formats import formats
from ingest.roles import Role, parse_map
from ingest.sources.drop_box import REJECTED, Box, Dropped
from ingest.understanding import Understanding, understand

EXAMPLE = """\
[sources.inbox]
kind = "folder"
path = "inbox"
"""
QUIET_HOURS = 7 * 24.0
_AGAIN = "files that had been read before were dropped again; they add nothing"
_CHANGED = "a file changed while it was read; it is read again"
_CLOSED = "a file may not be opened; check the rights of what lies in the folder"
_FOLDERS = "folders that lie in it are not read; drop a zip file of them"


class _Reading(msgspec.Struct, frozen=True):
    """How files are read, where that is not told by their shape."""

    source: str | None
    mapping: Mapping[str, str]
    kind: Literal["letter", "post"] | None
    format: str | None
    accept_guess: bool


def pull(
    desk: Desk,
    cursor: str | None,
    *,
    path: Annotated[str, Meta(min_length=1)],
    source: Annotated[str, Meta(min_length=1)] | None = None,
    mapping: str = "",
    read_as: Literal["letter", "post"] | None = None,
    format_name: str | None = None,
    accept_guess: bool = False,
    settle_seconds: Annotated[float, Meta(ge=0)] = 10.0,
) -> Iterator[Batch]:
    """The messages of the files in the folder `path`, a file at a time; a file that was read goes to `read/` in it.

    One that cannot be read, or whose columns are a guess, goes to `rejected/` with the reason beside it. The cursor is
    the digest of the last file whose messages are safe: one that was not moved any more is not read again.
    """
    reading = _Reading(source, _mapping(desk, mapping), read_as, _format(desk, format_name), accept_guess)
    box, last = Box(Path(path)), cursor or ""
    for file in box.whole_files(desk.now(), settle_seconds):
        if isinstance(file, PermissionError):
            desk.note(_CLOSED)
        elif file.digest == last:
            box.put_aside(file)
        elif box.was_read(file):
            desk.note(_AGAIN)
            box.put_aside(file)
        else:
            last = yield from _taken(desk, box, file, reading, last)
    if box.has_folders():
        desk.note(_FOLDERS)
    yield desk.batch(last)


def _taken(desk: Desk, box: Box, file: Dropped, reading: _Reading, last: str) -> Generator[Batch, None, str]:
    """The batches of one file; returns the cursor after it. It is moved once its last batch is safe."""
    why = file.refused or (yield from _read(desk, file.path, reading))
    if why is not None:
        desk.note(f"files that cannot be read lie in {box.folder / REJECTED}, each with the reason beside it")
        yield desk.batch(last)
        box.reject(file, why)
        return last
    if not file.is_unchanged():
        desk.note(_CHANGED)
        yield desk.batch(last)
        return last
    yield desk.batch(file.digest)
    box.put_aside(file)
    return file.digest


def _read(desk: Desk, path: Path, reading: _Reading) -> Generator[Batch, None, str | None]:
    """The batches of one file, none of which ends it; returns why nothing of it can be read, if so."""
    try:
        inside = expand([path])
    except IngestError as error:
        return str(error)
    for closed in inside.unopened:
        desk.refuse(closed.file, closed.reason, closed.fix)
    why = [f"{closed.file}: {closed.reason}; {closed.fix}" for closed in inside.unopened]
    is_read = False
    for found in inside.found:
        try:
            for _ in desk.read(_understood(desk, found, reading)):
                yield desk.batch(None)
            is_read = True
        except IngestError as error:
            why.append(str(error))
            if len(inside.found) > 1:
                desk.refuse(found.source, *_in_two(error))
    return None if is_read else "\n".join(why)


def _understood(desk: Desk, found: Found, reading: _Reading) -> Understanding:
    """How the file is read. Raises `UnknownShape` with what to write in the configuration where that is a guess."""
    where = f"in [sources.{desk.source}]"
    try:
        understanding = understand(
            found.place,
            mapping=reading.mapping,
            kind=reading.kind,
            source=reading.source or found.source,
            zone=desk.zone,
            wanted=reading.format,
        )
    except UnknownShape as error:
        raise UnknownShape(f'{error}; write that {where}, as mapping = "text=…"') from None
    if not understanding.confident and not reading.accept_guess:
        raise UnknownShape(
            f'the columns of {found.place.name} are a guess; write {where} mapping = "{_line(understanding.mapping)}" '
            "where that is right, or accept_guess = true, and drop the file again"
        )
    return understanding


def _line(mapping: Mapping[Role, str]) -> str:
    return ",".join(f"{role}={column}" for role, column in mapping.items())


def _in_two(error: IngestError) -> tuple[str, str]:
    reason, _, fix = str(error).rpartition("; ")
    return (reason, fix) if reason else (fix, "check the file")


def _mapping(desk: Desk, line: str) -> Mapping[str, str]:
    try:
        return parse_map(line)
    except UnknownShape as error:
        raise ValueError(f"source {desk.source!r}: mapping: {error}") from None


def _format(desk: Desk, name: str | None) -> str | None:
    if name is not None and name not in formats():
        raise ValueError(f"source {desk.source!r}: no format {name!r}; there are: {', '.join(formats())}")
    return name
