"""The files behind what a person names, one by one: those of folders, and those of zip files once they are unpacked."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from ingest.documents import Unreadable
from ingest.errors import ReadError
from ingest.folders import in_archive, in_folder, outside_names
from ingest.naming import printable, stem
from ingest.places import File


class Item(msgspec.Struct, frozen=True):
    """A file on its way: under which root (where it lies, and its name), its path there, its number in name order."""

    file: File
    base: Path
    root: str
    path: PurePosixPath
    number: int
    named: bool
    refused: ReadError | None = None


def items(paths: Sequence[Path]) -> Iterator[Item]:
    """The files of folders, and files that were named: those count as loose files of the folder they lie in."""
    for path in paths:
        if path.is_dir():
            root = printable(path.resolve().name) or "files"
            for number, listed in enumerate(in_folder(path), 1):
                yield Item(listed.file, path, root, listed.path, number, False, listed.refused)
        else:
            root = printable(path.resolve().parent.name) or "files"
            yield Item(path, path.parent, root, PurePosixPath(path.name), 1, True)


def unpacked(item: Item) -> list[Item]:
    """The members of an archive, under its name. Raises `ReadError`, also for one two archives deep."""
    archive, within = _archive(item.file)
    own = stem(item.path.name)
    base, root, above = item.base, item.root, item.path.parent / own
    if item.named:
        base, root, above = archive, own, PurePosixPath()
    return [
        Item(listed.file, base, root, above / listed.path, number, False, listed.refused)
        for number, listed in enumerate(in_archive(archive, within), 1)
    ]


def leading_outside(item: Item) -> int:
    """How many names in an archive lead out of it; such members are read where they lie, like the others."""
    return outside_names(*_archive(item.file))


def _archive(file: File) -> tuple[Path, str | None]:
    """A zip file, or the one in it; of one that is deeper nothing is read."""
    if isinstance(file, Path):
        return file, None
    if file.within is None:
        return file.archive, file.inner
    raise Unreadable("a zip file in a zip file in a zip file", "unpack it and name the folder")
