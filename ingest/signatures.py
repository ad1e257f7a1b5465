"""What the first bytes of an export tell of its shape: enough to know a system by."""

import csv
import re

_KEY = re.compile(rb'"([^"\\]{1,80})"\s*:')
_DELIMITERS = ",;\t"


def header_of(head: bytes) -> frozenset[str]:
    """The column names in the first filled line of a table with a usual delimiter; empty where there is none."""
    text = _text(head)
    line = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return frozenset()
    return frozenset(cell.strip() for cell in cells)


def keys_of(head: bytes) -> frozenset[str]:
    """All the keys of the JSON objects at the start, at any depth; empty for what does not begin like JSON."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start not in (b"{", b"["):
        return frozenset()
    return frozenset(key.decode("utf-8", "replace") for key in _KEY.findall(head))


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")
