"""From what a person names to what is read: folders and zip files become their exports and their letters."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from ingest.documents import Unreadable
from ingest.errors import ReadError
from ingest.gathering import Item, items, leading_outside, unpacked
from ingest.naming import printable, stem, told_name
from ingest.opening import head_of
from ingest.places import Bundle, Place
from ingest.source_names import distinct
from ingest.triage import is_mail, sort_of


class Found(msgspec.Struct, frozen=True):
    """One input: where it lies, the name of its source, and whether a person named it or it was found in a folder."""

    place: Place
    source: str
    named: bool


class Unopened(msgspec.Struct, frozen=True):
    """A file that is not read: which one, without a name that may be a person's, why, and what to do."""

    file: str
    reason: str
    fix: str


class Expanded(msgspec.Struct, frozen=True):
    """What is read, what is not, and what else a person should know, in words."""

    found: tuple[Found, ...]
    unopened: tuple[Unopened, ...]
    remarks: tuple[str, ...] = ()


def expand(paths: Sequence[Path]) -> Expanded:
    """The inputs at these paths, exports after loose letters, by name; each source has a name of its own.

    An export is one input; the loose documents of one folder (PDF, DOCX, ODT, RTF, HTML, EML, TXT) are one together.
    Hidden files and what Stemwacht itself wrote are passed over. Raises `ReadError` for a named file that cannot be
    read, and when nothing at all can be.
    """
    exports: list[Item] = []
    letters: dict[tuple[Path, PurePosixPath], list[Item]] = {}
    unopened: list[Unopened] = []
    remarks: list[str] = []
    waiting = deque(items(paths))
    while waiting:
        item = waiting.popleft()
        try:
            if item.refused:
                raise item.refused
            sort = sort_of(item.file)
            if sort == "archive":
                waiting.extendleft(reversed(unpacked(item)))
                remarks += _remarks(item)
            elif sort == "export":
                exports.append(item)
            else:
                letters.setdefault((item.base, item.path.parent), []).append(item)
        except ReadError as error:
            if item.named:
                raise _named(item, error) from None
            unopened.append(_unopened(item, error))
    return _result(exports, letters, unopened, remarks)


def _result(
    exports: list[Item],
    letters: dict[tuple[Path, PurePosixPath], list[Item]],
    unopened: list[Unopened],
    remarks: list[str],
) -> Expanded:
    places: list[tuple[Place, bool, tuple[str, ...]]] = []
    for (_, folder), loose in letters.items():
        if _is_lone_text(loose):
            exports.extend(loose)
            continue
        root = loose[0].root
        bundle = Bundle(folder.name or root, tuple(dict.fromkeys(item.file for item in loose)))
        inner = folder.as_posix() if folder.name else root
        places.append((bundle, loose[0].named, (inner, f"{root}/{inner}", f"{root}/{inner} (documents)")))
    for item in exports:
        inner = (item.path.parent / stem(item.path.name)).as_posix()
        places.append((item.file, item.named, (inner, f"{item.root}/{inner}", f"{item.root}/{item.path.as_posix()}")))
    if not places and not unopened:
        raise ReadError("there is nothing to read here; name a file, a folder or a zip file with exports or letters")
    options = {place: tuple(map(printable, names)) for place, _, names in places}
    sources = dict(zip(options, distinct(list(options.values())), strict=True))
    found = [Found(place, sources[place], named) for place, named, _ in places]
    return Expanded(tuple(found), tuple(unopened), tuple(remarks))


def _remarks(item: Item) -> list[str]:
    outside = leading_outside(item)
    told = f"{printable(item.path.name)}: {outside} of its names lead outside; they are read where they lie"
    return [told] if outside else []


def _is_lone_text(loose: list[Item]) -> bool:
    """One text file that was named by itself is read as a list of texts, unless it is a message by mail."""
    one = loose[0]
    return len(loose) == 1 and one.named and one.path.suffix.lower() == ".txt" and not is_mail(head_of(one.file))


def _named(item: Item, error: ReadError) -> ReadError:
    """The error with the name of the file, which a person typed."""
    return ReadError(f"{printable(item.path.name)} is {error}") if isinstance(error, Unreadable) else error


def _unopened(item: Item, error: ReadError) -> Unopened:
    told = f"{item.root}: {told_name(item.path.name, item.number)}"
    if isinstance(error, Unreadable):
        return Unopened(told, error.reason, error.fix)
    return Unopened(told, "it cannot be opened", "check its rights, and that it is whole")
