"""Which columns are ids, senders and times where no usual name says so: by what they hold, and only when one fits."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from ingest.judging import is_id
from ingest.roles import Role, bare, columns_of
from ingest.rows import Value
from ingest.sampling import Sample
from ingest.times import parsed

_NEARLY_ALL = 0.9
_LEAST_FILLED = 0.5
_LEAST_ROWS = 3
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{12,20}|(?=.*\d)[0-9a-f]{16,64}", re.IGNORECASE)
_ACCOUNT = re.compile(r"@[\w.-]{2,}(?:@[\w.-]+)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DATED = re.compile(r"\D*\d{1,4}[-/. ]+(?:\d{1,2}|[^\W\d]+)\.?[-/. ,]+\d{1,4}.*", re.DOTALL)
_OTHER_TIMES = re.compile(
    "birth|geboor|geburt|naiss|nast|deadline|due|einde|start|begin|end|edit|update|modif|gewijz|bewerkt|geander|expir|sluit"
)


def guessed(sample: Sample, mapping: Mapping[Role, str]) -> dict[Role, str]:
    """Roles that the mapping lacks, each with the one column whose values can be nothing else."""
    taken = {part for column in mapping.values() for part in columns_of(column, sample.columns)}
    free = [column for column in sample.columns if column not in taken and _enough(column, sample)]
    found: dict[Role, str] = {}
    for role, test in _TESTS.items():
        fitting = [column for column in free if test(column, sample)] if role not in mapping else []
        if len(fitting) == 1:
            found[role] = fitting[0]
    return found


def _enough(column: str, sample: Sample) -> bool:
    return len(sample.filled(column)) >= max(_LEAST_ROWS, _LEAST_FILLED * len(sample.rows))


def _most(column: str, sample: Sample, test: Callable[[Value], bool]) -> bool:
    values = sample.filled(column)
    return sum(map(test, values)) >= _NEARLY_ALL * len(values)


def _keys(column: str, sample: Sample) -> bool:
    return _most(column, sample, lambda value: _KEY.fullmatch(str(value).strip()) is not None) and is_id(column, sample)


def _accounts(column: str, sample: Sample) -> bool:
    return _most(column, sample, lambda value: isinstance(value, str) and _ACCOUNT.fullmatch(value.strip()) is not None)


def _times(column: str, sample: Sample) -> bool:
    return _OTHER_TIMES.search(bare(column)) is None and _most(column, sample, _is_dated)


def _is_dated(value: Value) -> bool:
    """A date or a time that says so by its form; a bare number may be anything."""
    if isinstance(value, str):
        return len(value) <= 40 and _DATED.fullmatch(value.strip()) is not None and parsed(value) is not None
    return isinstance(value, date) and parsed(value) is not None


_TESTS: Mapping[Role, Callable[[str, Sample], bool]] = {"published": _times, "author": _accounts, "id": _keys}
