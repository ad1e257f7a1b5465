"""The header of a table: names that are all there and all different."""

import re
from collections.abc import Sequence

_LONGEST_NAME_CHARS = 120
_VALUE = re.compile(r"[\d\s.,:/+-]*\d[\d\s.,:/+-]*(?:Z|T[\d:.+-]+Z?)?")


def unique_names(cells: Sequence[str]) -> list[str]:
    """The header cells as column names; an empty one becomes `column N`, a repeated one gets its number."""
    names: list[str] = []
    taken: set[str] = set()
    for at, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {at}"
        while name in taken:
            name = f"{name} ({at})"
        taken.add(name)
        names.append(name)
    return names


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether these cells name columns: short, mostly different and not numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or any(len(cell) > _LONGEST_NAME_CHARS or "\n" in cell for cell in filled):
        return False
    numeric = sum(map(is_value, filled))
    return numeric * 2 < len(filled) and not any("://" in cell for cell in filled)


def is_value(cell: str) -> bool:
    """Whether the cell is a number, a date or a time: what stands under a header, hardly ever in it."""
    return _VALUE.fullmatch(cell.strip()) is not None
