"""How saved objects are called, and what all of them have."""

from typing import Any

import msgspec

SavedObject = dict[str, Any]

_USUAL_PREFIX = "stemwacht"
_CORE_VERSION = "8.8.0"


class Naming(msgspec.Struct, frozen=True):
    """How objects and indices are called.

    The space is in the ids: Kibana gives an id that another space uses a new name, and links would lead nowhere.
    """

    prefix: str
    space: str

    def id(self, name: str) -> str:
        """The id of the object of this file."""
        return f"{self.prefix}-{self.space}-{name}" if self.space else f"{self.prefix}-{name}"

    def said(self, title: str) -> str:
        """The title, with the prefix where several installations may stand side by side."""
        return title if self.prefix == _USUAL_PREFIX else f"{title} ({self.prefix})"


def saved_object(
    naming: Naming, kind: str, name: str, version: str, attributes: SavedObject, references: list[dict[str, str]]
) -> SavedObject:
    """An object with its id, in the form of this version."""
    return {
        "type": kind,
        "id": naming.id(name),
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": _CORE_VERSION,
        "typeMigrationVersion": version,
        "managed": False,
    }
