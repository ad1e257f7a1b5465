"""The files of a folder or a zip file, in order, without what is hidden or our own."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipInfo

import msgspec

from ingest.archives import opened
from ingest.documents import Unreadable
from ingest.errors import ReadError
from ingest.places import File, Member

_OURS = frozenset({
    "alerts.json", "families.csv", "feed.atom", "feed.json", "letters.json", "rejects.jsonl", "report.html",
    "report.pdf", "run.json", "sharing.csv",
})  # fmt: skip
_SYSTEM = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_NOTE = re.compile(r"(?:readme|read me|leesmij|licen[cs]e|liesmich)(?:\.(?:txt|md|rst|html?))?", re.IGNORECASE)
_SWELL_BYTES, _SWELL_TIMES, _TOTAL_BYTES = 256 << 20, 400, 200 << 30
_PACKINGS = (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)
_OUTSIDE = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")


class Listed(msgspec.Struct, frozen=True):
    """A file of a folder: its place, the path inside that folder, and why it cannot be read, where that is known."""

    file: File
    path: PurePosixPath
    refused: ReadError | None = None


def in_folder(root: Path) -> Iterator[Listed]:
    """The files of a folder and the folders in it, in name order; links to folders are not followed."""
    closed: list[str] = []
    for folder, names, files in os.walk(root, onerror=lambda error: closed.append(str(error.filename))):
        names[:] = sorted(name for name in names if not _is_hidden(name))
        ours = {"run.json", "rejects.jsonl"} <= set(files)
        for name in sorted(name for name in files if not _is_hidden(name) and not (ours and _is_ours(name))):
            path = Path(folder, name)
            yield Listed(path, PurePosixPath(path.relative_to(root).as_posix()), _refused(path))
    for folder in closed:
        path = Path(folder)
        inner = PurePosixPath(path.relative_to(root).as_posix())
        yield Listed(path, inner, Unreadable("a folder that may not be opened", "check its rights"))


def in_archive(path: Path, within: str | None = None) -> Iterator[Listed]:
    """The files of a zip file, in name order. Raises `ReadError` when it cannot be opened or holds impossibly much."""
    members = {info.filename: info for info in opened(path, within).infolist() if not info.filename.endswith("/")}
    if sum(info.file_size for info in members.values()) > _TOTAL_BYTES:
        raise Unreadable(f"it holds more than {_TOTAL_BYTES >> 30} GB unpacked", "unpack what is wanted of it")
    for name, info in sorted(members.items()):
        parts = [part for part in re.split(r"[/\\]+", name) if part not in ("", ".", "..")]
        inner = PurePosixPath(*parts or ["nameless"])
        if not any(map(_is_hidden, parts)):
            yield Listed(Member(path, name, within), inner, _bad_member(info) or _note(inner.name))


def outside_names(path: Path, within: str | None = None) -> int:
    """How many members of a zip file have a name that leads out of it; they are read in place like the others."""
    return sum(_OUTSIDE.search(info.filename) is not None for info in opened(path, within).infolist())


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _SYSTEM


def _is_ours(name: str) -> bool:
    return name in _OURS


def _refused(path: Path) -> ReadError | None:
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return Unreadable("its name holds bytes that are no UTF-8", "rename it")
    return _note(path.name) if path.is_file() else Unreadable("no ordinary file", "leave it out")


def _note(name: str) -> ReadError | None:
    if _NOTE.fullmatch(name):
        return Unreadable("a note about the files, not one of them", "name it on the command line to have it read")
    return None


def _bad_member(info: ZipInfo) -> ReadError | None:
    if info.flag_bits & 1:
        return Unreadable("packed under a password", "unpack it and name the folder")
    if info.compress_type not in _PACKINGS:
        return Unreadable("packed in a way that is not read here", "unpack it and name the folder")
    if info.file_size > max(_SWELL_BYTES, _SWELL_TIMES * info.compress_size):
        return Unreadable(f"it swells more than {_SWELL_TIMES} times when unpacked", "leave it out: no export does so")
    return None
