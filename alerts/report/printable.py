"""Text as a page can bear it: no control characters, and on paper only characters that its fonts have."""

import json
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

MISSING = "□"
LONGEST_WORD = 24
_GLYPHS = Path(__file__).parent / "pdf" / "glyphs.json"


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, which neither HTML, XML nor PDF may hold."""
    return "".join(char for char in text if char in "\n\t" or not _is_control(ord(char)))


def _is_control(code: int) -> bool:
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE


@cache
def _covered() -> tuple[list[int], list[int]]:
    """Starts and ends of the ranges beyond ASCII that typst's own fonts can show, as probed with its 0.15 release."""
    ranges = json.loads(_GLYPHS.read_text(encoding="utf-8"))
    return [start for start, _ in ranges], [end for _, end in ranges]


def on_paper(text: str) -> str:
    """The text with what the fonts lack as □, and with places to break in words too long for a column."""
    starts, ends = _covered()

    def shown(char: str) -> str:
        code = ord(char)
        if code < 0x7F:
            return char
        place = bisect_right(starts, code) - 1
        return char if place >= 0 and code <= ends[place] else MISSING

    readable = "".join(map(shown, clean(text)))
    return " ".join(_breakable(word) for word in readable.split(" "))


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return "\u200b".join(word[start : start + 8] for start in range(0, len(word), 8))


def map_text(value: Any, change: Callable[[str], str], *, keep: frozenset[str] = frozenset()) -> Any:
    """Plain data with `change` made to every string, except under the keys to keep."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: item if key in keep else map_text(item, change, keep=keep) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [map_text(item, change, keep=keep) for item in value]
    return value
