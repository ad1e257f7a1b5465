"""Whether a server holds what a definition says: it answers with the same in another form, and with defaults."""

import json
from collections.abc import Mapping
from typing import Any


def holds(there: object, wanted: object) -> bool:
    """Whether all that is wanted is there; the server may add to it."""
    return flat(wanted).items() <= flat(there).items()


def same(there: object, wanted: object) -> bool:
    """Whether the server has just what is wanted."""
    return flat(wanted) == flat(there)


def flat(value: object) -> dict[str, str]:
    """Every leaf by its dotted path, written as the server writes it: it gives settings as text, nested."""
    return dict(_leaves(value, ""))


def _leaves(value: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        return [leaf for name, inner in value.items() for leaf in _leaves(inner, f"{path}.{name}" if path else name)]
    if isinstance(value, str):
        return [(path, value)]
    return [(path, json.dumps(value))]
