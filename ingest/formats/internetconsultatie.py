"""Saved pages of internetconsultatie.nl: reactions, and the lists that tell at what time each came."""

import html
from collections.abc import Iterator, Sequence

from ingest.enclosed_letters import letter_text, read_enclosed
from ingest.errors import ReadError
from ingest.opening import bare_name, whole
from ingest.places import Bundle, File, Opening, Place
from ingest.rows import BadRow, NotMessage, Record, Row, Table
from ingest.systems.consultation_pages import Reaction, is_reaction, listed_in, page_text, reaction_of

EXAMPLE = "a folder with the saved pages …/reactie/4f2c….html and …/reacties/datum/1.html"
_LIMIT_BYTES = 32 << 20
_WEB = (".html", ".htm")
_MARKS = (b"internetconsultatie.nl", b"table__data-overview")


def recognise(file: Opening) -> float:
    """By the address and the classes of the site's pages; of a folder by its pages, if they are most of it."""
    if file.parts:
        pages = [part for part in file.parts if part.name.endswith(_WEB) or _is_html(part.head)]
        known = sum(map(_is_page, pages))
        return 0.97 if known and 2 * known >= len(pages) and 2 * len(pages) >= len(file.parts) else 0.0
    return 0.97 if _is_page(file) else 0.0


def read(place: Place) -> Table:
    """Each reaction page a letter: its answers, one below the other. The time of day stands on list pages alone."""
    files = place.files if isinstance(place, Bundle) else (place,)
    if not isinstance(place, Bundle) and not is_reaction(page_text(whole(place, _LIMIT_BYTES))):
        raise ReadError(f"{place.name} only lists reactions; save their pages too, in one folder, and read the folder")
    return Table("pages of internetconsultatie.nl", _rows(files), native=True, kind="letter", zone="Europe/Amsterdam")


def _rows(files: Sequence[File]) -> Iterator[Record]:
    lists = [number for number, file in enumerate(files, 1) if _is_web(file) and not is_reaction(_page(file))]
    times = {item.guid: item.when for number in lists for item in listed_in(_page(files[number - 1])) if item.when}
    found: set[str] = set()
    for number, file in enumerate(files, 1):
        if number in lists:
            yield NotMessage(number, "list of reactions")
        elif len(files) == 1 or _is_web(file):
            yield from _reaction(number, file, files, times, found)
        else:
            yield NotMessage(number, "file beside the pages")
    missing = times.keys() - found
    yield from (NotMessage(len(files) + at, "reaction listed, page not there") for at in range(1, len(missing) + 1))


def _reaction(
    number: int, file: File, files: Sequence[File], times: dict[str, str], found: set[str]
) -> Iterator[Record]:
    try:
        reaction = reaction_of(page_text(whole(file, _LIMIT_BYTES)))
    except (ReadError, AssertionError):
        yield BadRow(number, "the page cannot be read", "save the page again as HTML")
        return
    if reaction.guid:
        found.add(reaction.guid)
    yield _row(number, reaction, times, files)


def _row(number: int, reaction: Reaction, times: dict[str, str], files: Sequence[File]) -> Row:
    enclosed = read_enclosed(number, _enclosures(reaction, files))
    return Row(
        number,
        {
            "id": reaction.guid,
            "text": letter_text("\n\n".join(reaction.answers), enclosed.texts),
            "author": _fact(reaction, "Naam"),
            "published": times.get(reaction.guid or "") or _fact(reaction, "Datum"),
            "language": "nl",
            "channel": reaction.slug,
            "links": [link for link, _ in reaction.files],
        },
        unread=enclosed.unread,
        enclosed=bool(reaction.files),
    )


def _fact(reaction: Reaction, name: str) -> str | None:
    return html.unescape(" ".join(reaction.facts.get(name, "").split())) or None


def _enclosures(reaction: Reaction, files: Sequence[File]) -> Iterator[tuple[str, bytes]]:
    """The files of a reaction that lie beside its page, if only one of that name does."""
    for _, name in reaction.files:
        wanted = html.unescape(name).casefold()
        beside = [file for file in files if file.name.casefold() == wanted]
        if len(beside) == 1:
            try:
                yield name, whole(beside[0], _LIMIT_BYTES)
            except ReadError:
                continue


def _page(file: File) -> str:
    try:
        return page_text(whole(file, _LIMIT_BYTES))
    except ReadError:
        return "<blockquote"  # its own row says that it cannot be read


def _is_web(file: File) -> bool:
    return bare_name(file).endswith(_WEB)


def _is_html(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<!-- saved from"))


def _is_page(file: Opening) -> bool:
    return _is_html(file.head) and (
        (_MARKS[0] in file.head and b"/reactie" in file.head)
        or (_MARKS[1] in file.head and b">Reactie<" in file.head)
        or (b"/reactie/" in file.head and b"Reacties op consultatie" in file.head)
    )
