"""One cell of a table as the plain value that a role asks for."""

import re

from ingest.rows import Value

_LIST_SEPARATORS = re.compile(r"[,;|\s]+")
_NOBODY_WORDS = """
    anoniem anonymous anonym anonyme anonim anoniemen anonymus unknown onbekend unbekannt inconnu necunoscut
    none null nan n/a n.v.t. nvt - . deleted removed
"""
_NOBODY = frozenset(_NOBODY_WORDS.split()) | {
    "not available",
    "naam onbekend",
    "anonymous anonymous",
    "name withheld",
    "niet bekend",
}
_FALSE = frozenset(("", "null", "none", "nan", "n/a"))
_LARGEST_WEIGHT = 10_000_000


def as_text(value: Value) -> str:
    """The cell as text; lists are joined by a line break, empty and missing are ''."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return "\n".join(str(item) for item in value if item is not None) if isinstance(value, list) else str(value)


def as_name(value: Value) -> str | None:
    """The cell as a short text, or None when nothing stands in it."""
    text = " ".join(as_text(value).split())
    if text.endswith(".0") and text[:-2].isdigit():  # an id that went through a float and is whole still
        text = text[:-2]
    return None if text.casefold() in _FALSE else text[:500]


def as_author(parts: list[Value]) -> str | None:
    """The sender's name or handle, or None when the cells say that nobody is named."""
    name = " ".join(filter(None, map(as_name, parts)))
    return None if not name or names_nobody(name) else name


def names_nobody(name: str) -> bool:
    """Whether the name is a word for someone who is not named, as `Anonymous`."""
    folded = name.casefold().strip()
    return folded.strip("()[] ") in _NOBODY or folded in _NOBODY


def as_names(value: Value) -> list[str]:
    """What somebody is called, by several names or one."""
    return [name for part in (value if isinstance(value, list) else [value]) if (name := as_name(part))]


def as_list(value: Value) -> list[str]:
    """The items of a list, or of a text that lists them with commas, semicolons, bars or blanks."""
    if isinstance(value, list):
        return [str(item).strip() for item in value if item not in (None, "")]
    text = as_text(value).strip().strip("[](){}")
    return (
        []
        if text.casefold() in _FALSE
        else [item for item in (part.strip("'\"") for part in _LIST_SEPARATORS.split(text)) if item]
    )


def as_weight(value: Value) -> int:
    """How many submissions the record stands for; 1 when the cell says nothing sensible."""
    try:
        weight = int(float(as_text(value) or 1))
    except (ValueError, OverflowError):
        return 1
    return weight if 1 <= weight <= _LARGEST_WEIGHT else 1
