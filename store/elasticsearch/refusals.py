"""Why a document was refused, without a word of what it holds: the server's own reasons quote it."""

import re

from store.elasticsearch.explaining import Problem

_NAME = r"\[([\w.@-]+)\]"
_REASONS = (
    (
        re.compile(rf"dynamic introduction of {_NAME} within {_NAME} is not allowed"),
        "its field {0} (in {1}) is in no mapping of this index: the index is of an older version, migrate it",
    ),
    (
        re.compile(rf"failed to parse field {_NAME} of type {_NAME}"),
        "its field {0} does not fit the type {1} of the index",
    ),
    (
        re.compile(rf"object mapping for {_NAME} tried to parse field"),
        "its field {0} is no object as the index wants it",
    ),
    (
        re.compile(r"different number of dimensions \[(\d+)\] than defined in the mapping \[(\d+)\]"),
        "it has {0} numbers, the index {1}: use another index for another embedder",
    ),
    (
        re.compile(r'immense term in field="([\w.@-]+)"'),
        "its field {0} is longer than a term may be",
    ),
    (
        re.compile("Duplicate field"),
        "its body names a field twice",
    ),
)
_TOO_LARGE = "it is larger than the server takes in one request: raise http.max_content_length"


def reason_of(problem: Problem) -> str:
    """Which field does not fit and how, with the fix where there is one."""
    for pattern, reason in _REASONS:
        if found := pattern.search(problem.reason or ""):
            return reason.format(*found.groups())
    if problem.type == "content_too_long_exception":
        return _TOO_LARGE
    return f"the server says {problem.type or 'nothing more'}"
