"""What a measurement gives: a section of markdown with its figures held against their bars."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A measured value with the bar it was held against; `met` is None where no bar was set."""

    what: str
    value: str
    bar: str = ""
    met: bool | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A title, figures, a table of detail (its head as column names) and notes, each of which may be empty."""

    title: str
    figures: tuple[Figure, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to measure: small and fast, or also what takes very long; `work` keeps vectors and made files."""

    work: Path
    quick: bool = False
    long: bool = False


def at_least(what: str, value: float, bar: float, digits: int = 3) -> Figure:
    """A figure that must reach its bar."""
    return Figure(what=what, value=f"{value:.{digits}f}", bar=f">= {bar:g}", met=value >= bar)


def at_most(what: str, value: float, bar: float, digits: int = 3) -> Figure:
    """A figure that must not pass its bar."""
    return Figure(what=what, value=f"{value:.{digits}f}", bar=f"<= {bar:g}", met=value <= bar)


def plain(what: str, value: object) -> Figure:
    """A figure without a bar."""
    return Figure(what=what, value=str(value))


def markdown(section: Section) -> str:
    """The section as markdown."""
    return "\n".join(_lines(section)) + "\n"


def _lines(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    if section.figures:
        yield ""
        words = {True: "met", False: "**not met**", None: ""}
        rows = [(figure.what, figure.value, figure.bar, words[figure.met]) for figure in section.figures]
        yield from _table(("figure", "measured", "bar", ""), rows)
    if section.head:
        yield ""
        yield from _table(section.head, section.rows)
    for note in section.notes:
        yield ""
        yield note


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield "|" + " --- |" * len(head)
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
