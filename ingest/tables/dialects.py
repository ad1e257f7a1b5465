"""How a delimited file separates and quotes, by the dialect under which its first records agree most."""

import csv
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ingest.tables.headers import header_in, says_something, usual_names

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_NO_DELIMITER = "\x1f"


class Dialect(msgspec.Struct, frozen=True):
    """A delimiter, and whether a quote inside quotes is written `\\"` instead of `""`."""

    delimiter: str
    backslash: bool = False

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """A strict `csv.reader`: a guess at a broken record would be silent damage."""
        escape = "\\" if self.backslash else None
        return csv.reader(
            lines, delimiter=self.delimiter, escapechar=escape, doublequote=not self.backslash, strict=True
        )

    def in_words(self) -> str:
        """For people."""
        name = _DELIMITERS.get(self.delimiter, "one column, no")
        return f"{name} delimiter" + (", backslash before quotes" if self.backslash else "")


def dialect_of(lines: Sequence[str], name: str) -> Dialect:
    """The dialect of these first lines; `name` breaks ties (.tsv)."""
    told = lines[0].strip().removeprefix("sep=") if lines and lines[0].startswith("sep=") else None
    if told in _DELIMITERS:
        return Dialect(told)
    preferred = "\t" if name.endswith((".tsv", ".tab")) else ","
    escapes = (False, True) if any('\\"' in line for line in lines) else (False,)
    candidates = [Dialect(delimiter, backslash) for delimiter in _DELIMITERS for backslash in escapes]
    scored = [(_agreement(lines, one), one.delimiter == preferred, not one.backslash, one) for one in candidates]
    best = max(scored, key=lambda entry: entry[:3])
    return best[3] if best[0] > 0 else Dialect(_NO_DELIMITER)


def _agreement(lines: Sequence[str], dialect: Dialect) -> float:
    """Share of records as wide as most below the header, and a little for usual names in the header.

    0 for one column. Broken quotes count against a dialect; wider tables go before narrower ones that agree as well.
    """
    rows, broken = _parsed(lines, dialect)
    if not any(map(says_something, rows)) or _is_one_name(rows):
        return 0.0
    header = header_in(rows)
    names = rows[header.at] if header.at is not None else header.names
    filled = [row for row in rows if row]
    if len(names) < 2 or (header.width < 2 and len(filled) > 1):
        return 0.0
    agreeing = sum(len(row) == header.width for row in filled) + (len(names) != header.width)
    return agreeing / (len(filled) + broken) + len(names) / 1e4 + min(usual_names(names), 5) / 50


def _is_one_name(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the table begins with one usual name alone: then it has one column, whatever its texts hold."""
    first = next(row for row in rows if row)
    return len(first) == 1 and usual_names(first) == 1


def _parsed(lines: Sequence[str], dialect: Dialect) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    broken = 0
    trial = dialect.reader(lines)
    while True:
        try:
            rows.append(next(trial))
        except StopIteration:
            return rows, broken
        except csv.Error:
            broken += 1
