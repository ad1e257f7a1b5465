"""A check that runs for every message before anything slower does."""

from collections.abc import Iterable


def holds_any(text: str, marks: Iterable[str]) -> bool:
    """Whether any of the marks stands in the text; a loop, since a generator takes twice as long."""
    for mark in marks:  # noqa: SIM110 - see above
        if mark in text:
            return True
    return False
