"""Documents of a collection with a template: each field of the body under a name of its own, so that people can ask.

The template's `_meta` says how: `names` gives fields of the body another name (one of the Elastic Common Schema where
it has one), the others stand under `stemwacht`; `text` is the field that holds the document's text; `constants` are
the same in every document; `derived` are counted or taken from the body (see derived.py); `written` is where the time
of writing goes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from store.contract import Document, FieldValue
from store.elasticsearch.derived import Recipe, derived
from store.elasticsearch.shape import OWN, Clause, Source, absent, identity, joined, moment, own_part, raw, timestamp
from store.errors import StoreError

NAMESPACE = "stemwacht."
_TIMESTAMP = "@timestamp"
ASKABLE = frozenset({"keyword", "boolean", "date", "long", "integer", "short", "double"})
_NUMBERS = frozenset({"long", "integer", "short", "double"})


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """What a template's `_meta` says of the bodies."""

    names: Mapping[str, str]
    text: str | None = None
    constants: Mapping[str, Any] = {}
    derived: Mapping[str, Recipe] = {}
    written: str | None = None


class NamedShape(msgspec.Struct, frozen=True):
    """The shape of a template; `types` is what the index says of each path that can be asked for."""

    naming: Naming
    types: Mapping[str, str]

    def source(self, document: Document) -> Source:
        """Each field of the body under its name; nothing else is kept of the body."""
        fields = _fields(document)
        self._check_text(document, fields)
        source = own_part(document)
        if _TIMESTAMP not in self.naming.names.values() and document.at is not None:
            stamp = timestamp(document.at)
            source |= {} if stamp is None else {_TIMESTAMP: stamp}
        source |= {path: raw(value) for path, value in self.naming.constants.items()}
        source |= {path: raw(value) for path, value in derived(self.naming.derived, document.body).items()}
        if self.naming.written is not None:
            source[self.naming.written] = raw(datetime.now(UTC))
        return source | {self._path(name): value for name, value in fields.items()}

    def document(self, source: Source) -> Document:
        """The document with the fields of its body in the order they had."""
        names = {path: name for name, path in self.naming.names.items()}
        body = {names.get(path) or path.removeprefix(NAMESPACE): value for path, value in self._of_body(source, names)}
        text = body.get(self.naming.text or "")
        return Document(
            id=identity(source),
            body=joined(body),
            at=moment(source),
            text=None if text is None or "store.text" not in source else msgspec.json.decode(text, type=str),
        )

    def fields(self) -> list[str]:
        """The fields that can be asked for."""
        own = [path.removeprefix(NAMESPACE) for path in self.types if path.startswith(NAMESPACE)]
        named = [name for name, path in self.naming.names.items() if path in self.types]
        return named + [name for name in own if "." not in name and NAMESPACE + name not in self.naming.derived]

    def condition(self, field: str, value: FieldValue) -> Clause:
        """The clause that the field has this value; a value of another kind than the field's matches nothing."""
        path = self._path(field)
        if value is None:
            return absent(path)
        kind = self.types[path]
        asked = _asked(kind, value)
        return {"match_none": {}} if asked is None else {"term": {path: asked}}

    def _path(self, name: str) -> str:
        return self.naming.names.get(name, NAMESPACE + name)

    def _of_body(self, source: Source, names: Mapping[str, str]) -> list[tuple[str, msgspec.Raw]]:
        added = {*self.naming.constants, *self.naming.derived, self.naming.written}
        return [
            (path, value)
            for path, value in source.items()
            if path in names or (path.startswith(NAMESPACE) and path not in added and not path.startswith(OWN))
        ]

    def _check_text(self, document: Document, fields: Source) -> None:
        if document.text is None:
            return
        kept = fields.get(self.naming.text or "")
        if kept is None or msgspec.json.decode(kept) != document.text:
            raise StoreError(
                f"document {document.id!r}: its text is not the field {self.naming.text!r} of its body, and this "
                "collection keeps no other: make them the same; nothing was written"
            )


def _fields(document: Document) -> Source:
    try:
        document.body.decode()
        body = msgspec.json.format(document.body, indent=-1) if b"\n" in document.body else document.body
        return msgspec.json.decode(body, type=Source)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise StoreError(
            f"document {document.id!r}: a body is not a JSON object: give each document of this collection one; "
            "nothing was written"
        ) from None


def _asked(kind: str, value: str | int) -> str | int | None:
    """The value as a field of this kind can be asked for it; None for a value of another kind."""
    if kind == "boolean":
        return bool(value) if value in (True, False) else None
    if isinstance(value, int):
        return int(value) if kind in _NUMBERS else None
    if kind == "date":
        return value if _is_date(value) else None
    return None if kind in _NUMBERS else value.encode("utf-8", "replace").decode()


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
