"""The header of a table: names that are all there and all different."""

from collections.abc import Sequence


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
    if not filled or any(len(cell) > 120 or "\n" in cell for cell in filled):
        return False
    numeric = sum(cell.replace(".", "").replace(",", "").replace("-", "").isdigit() for cell in filled)
    return numeric * 2 < len(filled) and not any("://" in cell for cell in filled)
