"""Numbers that went through a float or a spreadsheet: rounded beyond 2^53, so that different ids become the same."""

import re
from collections.abc import Iterable

from ingest.rows import Value

LARGEST_EXACT = 1 << 53
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d\d?", re.IGNORECASE)
_SPARSE = 1 << 57  # from here on one whole number in 16 is a float
_ENOUGH = 8
_DIGITS = re.compile(r"\d{18,20}")


def damaged(value: Value) -> bool:
    """Whether this number was rounded (9.00006E+14, or a float beyond 2^53): many records share it, so it is no id."""
    if isinstance(value, float):
        return abs(value) > LARGEST_EXACT
    return isinstance(value, str) and _SCIENTIFIC.fullmatch(value.strip()) is not None


def all_rounded(values: Iterable[Value]) -> bool:
    """Whether every one of many different large whole numbers is one that a float can hold: no ids are so by chance."""
    large = {text for value in values if _DIGITS.fullmatch(text := str(value).strip()) and int(text) > _SPARSE}
    return len(large) >= _ENOUGH and all(map(_went_through_a_float, large))


def _went_through_a_float(digits: str) -> bool:
    number = float(digits)
    shortest = repr(number).partition("e")[0].replace(".", "").ljust(len(digits), "0")
    return int(number) == int(digits) or shortest == digits
