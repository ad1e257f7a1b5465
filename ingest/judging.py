"""Whether what a column holds fits the role that its name suggests, and which column fits where no name helps."""

import re
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from ingest.cells import as_text, names_nobody
from ingest.large_numbers import damaged
from ingest.roles import ROLES, Role, candidates, columns_of, name_pair
from ingest.rows import Value
from ingest.sampling import Sample
from ingest.times import parsed

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?")
_NUMBER_LIKE = re.compile(r"(?=[^\s]*\d)[0-9a-fA-F]{6,}|\w{0,8}[-_/.]?\d[\w./-]*")
_Test = Callable[[Sequence[Value], str, Sample], bool]


def fits(role: Role, column: str, sample: Sample) -> bool:
    """Whether the values in the sample can mean this role."""
    values = sample.filled(column)
    test = _TESTS.get(role)
    return bool(values) and (test is None or test(values, column, sample))


def is_id(column: str, sample: Sample) -> bool:
    """There in nearly every row, different unless rows are the same altogether, and no word such as `Anonymous`."""
    whole = [
        (value, row) for row in sample.rows if not damaged(value := row.get(column)) and value not in (None, "", [])
    ]
    if len(whole) < 0.5 * len(sample.rows) or any(isinstance(value, list) for value, _ in whole):
        return False
    if all(names_nobody(str(value)) for value, _ in whole):
        return False
    different = {repr(sorted(row.items(), key=lambda item: item[0])) for _, row in whole}
    short = all(len(str(value)) <= 300 for value, _ in whole)
    return short and len({str(value) for value, _ in whole}) >= 0.9 * len(different)


def by_name(sample: Sample) -> dict[Role, str]:
    """Roles told by usual column names, where the content agrees; the text chooses first."""
    mapping: dict[Role, str] = {}
    for role in sorted(ROLES, key="text".__ne__):
        free = (column for column in candidates(role, sample.columns) if column not in mapping.values())
        if column := next((column for column in free if fits(role, column, sample)), None):
            mapping[role] = column
    pair = name_pair(sample.columns)
    if pair and ("author" not in mapping or mapping["author"] in columns_of(pair, sample.columns)):
        mapping["author"] = pair
    if "id" not in mapping and (number := _document_number(sample, mapping)):
        mapping["id"] = number
    return mapping


def by_content(sample: Sample, mapping: dict[Role, str]) -> dict[Role, str]:
    """The mapping with a guess at the text: the column with the longest wordy values, if there is one."""
    taken = {part for column in mapping.values() for part in columns_of(column, sample.columns)}
    wordy = [column for column in sample.columns if column not in taken and fits("text", column, sample)]
    scored = [(median(sample.lengths(column) or [0]) * sample.shares_filled[column], column) for column in wordy]
    longest, column = max(scored, default=(0, ""))
    return {**mapping, "text": column} if longest >= 15 else mapping


def _document_number(sample: Sample, mapping: dict[Role, str]) -> str | None:
    """A column named after something else (`name`) whose values are all different and look like numbers."""
    free = [column for column in candidates("author", sample.columns) if column not in mapping.values()]
    return next((column for column in free if _numbers_of_documents(column, sample)), None)


def _numbers_of_documents(column: str, sample: Sample) -> bool:
    """Only for columns of a person's name: an account id is a number as well, and stays an author."""
    if candidates("author", [column]) and not re.fullmatch(
        r"(?:full.?|sender.?|submitter.?)?(?:name|naam)", column.casefold()
    ):
        return False
    values = [value for value in sample.filled(column) if not damaged(value)]
    likely = sum(_NUMBER_LIKE.fullmatch(str(value).strip()) is not None for value in values)
    return bool(values) and likely >= 0.9 * len(values) and is_id(column, sample)


def _is_wordy(value: Value) -> bool:
    return isinstance(value, str) and not _NUMBER.fullmatch(value.strip()) and any(char.isalpha() for char in value)


def _is_count(value: Value) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value.strip()) is not None)


def _share(test: Callable[[Value], bool], least: float) -> _Test:
    return lambda values, column, sample: sum(map(test, values)) >= least * len(values)


_TESTS: Mapping[Role, _Test] = {
    "text": _share(_is_wordy, 0.5),
    "id": lambda values, column, sample: is_id(column, sample),
    "author": lambda values, column, sample: not _numbers_of_documents(column, sample),
    "published": _share(lambda value: parsed(value) is not None, 0.6),
    "received": _share(lambda value: parsed(value) is not None, 0.6),
    "weight": _share(_is_count, 0.9),
    "language": lambda values, column, sample: median([len(as_text(value)) for value in values]) <= 12,
}
