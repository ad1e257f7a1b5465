"""The definitions of this folder, as JSON with the prefix of an installation in them."""

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

Definition = dict[str, Any]
Kind = Literal["components", "indices", "lifecycle", "roles"]


def definitions(kind: Kind, **filled: str) -> dict[str, Definition]:
    """Every definition of a kind by the name of its file, by name; {prefix} and the like are filled in."""
    return {path.name.removesuffix(".json"): _read(path, filled) for path in _paths(kind)}


def _paths(kind: Kind) -> list[Traversable]:
    folder = files("es_mappings") / kind
    return sorted((path for path in folder.iterdir() if path.name.endswith(".json")), key=lambda path: path.name)


def _read(path: Traversable, filled: dict[str, str]) -> Definition:
    text = path.read_text(encoding="utf-8")
    for name, value in filled.items():
        text = text.replace("{" + name + "}", value)
    definition: Definition = json.loads(text)
    return definition
