"""Values that dashboards need and bodies hold only in a form that cannot be searched."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How a value comes from a body: `of` are dotted paths, of which the first that leads somewhere counts.

    `take` "count" gives the length of a list, "names" the first part of each of its pairs, "value" what stands there.
    """

    take: Literal["count", "names", "value"]
    of: tuple[str, ...]


def derived(recipes: Mapping[str, Recipe], body: bytes) -> dict[str, object]:
    """The values by their names; those whose paths lead nowhere are left out."""
    if not recipes:
        return {}
    content = msgspec.json.decode(body)
    found = {name: _value(recipe, content) for name, recipe in recipes.items()}
    return {name: value for name, value in found.items() if value is not None}


def _value(recipe: Recipe, content: object) -> object:
    for path in recipe.of:
        there = _follow(path, content)
        if there is not None:
            return _taken(recipe.take, there)
    return None


def _follow(path: str, content: Any) -> Any:
    for name in path.split("."):
        content = content.get(name) if isinstance(content, dict) else None
    return content


def _taken(take: str, value: Any) -> object:
    if take == "count":
        return len(value)
    return [pair[0] for pair in value] if take == "names" else value
