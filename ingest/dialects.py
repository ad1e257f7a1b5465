"""How a delimited file separates and quotes, by the dialect under which its first records agree most."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_NO_DELIMITER = "\x1f"
_TRIAL_CHARS = 1 << 16


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
    candidates = [Dialect(delimiter, backslash) for delimiter in _DELIMITERS for backslash in (False, True)]
    scored = [(_agreement(lines, one), one.delimiter == preferred, not one.backslash, one) for one in candidates]
    best = max(scored, key=lambda entry: entry[:3])
    return best[3] if best[0] > 0 else Dialect(_NO_DELIMITER)


def _agreement(lines: Sequence[str], dialect: Dialect) -> float:
    """Share of records as wide as the first, times the share of text under quotes that parses; 0 for one column."""
    widths: Counter[int] = Counter()
    first = 0
    trial = dialect.reader(lines)
    while True:
        try:
            record = next(trial)
        except StopIteration:
            break
        except csv.Error:
            widths[-1] += 1
            continue
        first = first or len(record)
        widths[len(record)] += bool(record)
    return widths[first] / widths.total() + first / 1e4 if first > 1 and widths.total() else 0.0
