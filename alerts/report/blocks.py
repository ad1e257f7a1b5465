"""The pieces a report is built from. Both editions, HTML and PDF, are drawn from the same pieces."""

from __future__ import annotations

from typing import Literal

import msgspec

Tone = Literal["plain", "lead", "note", "notice"]


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph."""

    text: str
    tone: Tone = "plain"


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A list, numbered where the order matters."""

    entries: tuple[str, ...]
    ordered: bool = False
    lang: str | None = None


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Terms and what they are: a definition list. `wide` gives each detail its own line."""

    rows: tuple[tuple[str, str], ...]
    wide: bool = False


class Tiles(msgspec.Struct, frozen=True, tag="tiles"):
    """A few figures or axes side by side, as (label, value)."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["figures", "axes"]


class Column(msgspec.Struct, frozen=True):
    """A column of a table; `numeric` aligns it to the right."""

    title: str
    numeric: bool = False


class Cell(msgspec.Struct, frozen=True):
    """A cell; `href` is the id of a place in the same report."""

    text: str
    href: str | None = None


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table with a caption; the first cell of each row is that row's header."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str | None = None


class Chart(msgspec.Struct, frozen=True, tag="chart"):
    """A drawing with its text alternative and, where the edition has room, its figures as a table."""

    id: str
    title: str
    description: str
    svg: str
    figures: Table | None = None


class Span(msgspec.Struct, frozen=True):
    """A run of a letter: fixed text, or the blank with this number."""

    text: str
    slot: int | None = None


class Letter(msgspec.Struct, frozen=True, tag="letter"):
    """A template with its blanks marked."""

    label: str
    spans: tuple[Span, ...]
    lang: str | None = None


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """A text as it came in, scrubbed."""

    label: str
    text: str
    lang: str | None = None


class Fold(msgspec.Struct, frozen=True, tag="fold"):
    """Detail that opens on demand on screen and stands open on paper."""

    summary: str
    blocks: tuple[Block, ...]


class Group(msgspec.Struct, frozen=True, tag="group"):
    """A heading with what belongs under it; level 3 or 4."""

    id: str
    title: str
    level: int
    blocks: tuple[Block, ...]


Block = Text | Items | Facts | Tiles | Table | Chart | Letter | Quote | Fold | Group


class Section(msgspec.Struct, frozen=True):
    """A chapter of the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report, ready to be drawn; `labels` are the few words that the drawing itself needs."""

    lang: str
    title: str
    subtitle: str
    summary: str
    masthead: str
    imprint: tuple[str, ...]
    sections: tuple[Section, ...]
    labels: dict[str, str]


def table(
    caption: str,
    columns: tuple[str, ...],
    rows: list[tuple[str | Cell, ...]],
    *,
    numeric: int = 0,
    note: str | None = None,
) -> Table:
    """A table whose last `numeric` columns are figures."""
    first = len(columns) - numeric
    return Table(
        caption,
        tuple(Column(title, index >= first) for index, title in enumerate(columns)),
        tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows),
        note,
    )
