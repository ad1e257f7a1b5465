"""How a document stands in an index: the part that every collection has, and what a shape must be able to say.

The source of a document is flat: dotted names at the top, in the order of its body, so that the body comes back as it
was written. What the store itself needs stands under `store`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from store.contract import Document, FieldValue
from store.elasticsearch.identifiers import from_term, identity_term
from store.elasticsearch.texts import folded, whole_characters
from store.encoding import to_microseconds, to_moment

Source = dict[str, msgspec.Raw]
Clause = dict[str, Any]

OWN = "store."


class Shape(Protocol):
    """From documents to sources and back, and conditions on the fields of the body."""

    def source(self, document: Document) -> Source:
        """What is sent; StoreError for a document that this shape cannot hold."""

    def document(self, source: Source) -> Document:
        """What was sent, again."""

    def fields(self) -> list[str]:
        """The fields that can be asked for."""

    def condition(self, field: str, value: FieldValue) -> Clause:
        """The clause that a field has this value; None means absent or null."""


def raw(value: object) -> msgspec.Raw:
    """The value as a piece of JSON."""
    return msgspec.Raw(msgspec.json.encode(value))


def own_part(document: Document) -> Source:
    """What the store needs of a document beside its body."""
    part = {"store.id": raw(identity_term(document.id))}
    microseconds = to_microseconds(document.at)
    if microseconds is not None:
        part["store.at"] = raw(microseconds)
    if document.text is not None:
        part["store.text"] = raw(folded(whole_characters(document.text)))
    return part


def identity(source: Source) -> str:
    """The id in a source."""
    return from_term(msgspec.json.decode(source["store.id"], type=str))


def moment(source: Source) -> datetime | None:
    """The time in a source, to the microsecond."""
    at = source.get("store.at")
    return to_moment(None if at is None else msgspec.json.decode(at, type=int))


def timestamp(at: datetime) -> msgspec.Raw | None:
    """The time as Kibana reads it; None for one that no UTC date can say."""
    try:
        return raw(at.astimezone(UTC).isoformat())
    except OverflowError:
        return None


def joined(source: Mapping[str, msgspec.Raw]) -> bytes:
    """The pieces as one JSON object, in their order."""
    return b"{" + b",".join(msgspec.json.encode(name) + b":" + bytes(value) for name, value in source.items()) + b"}"


def all_of(clauses: list[Clause]) -> Clause:
    """The query that all clauses hold; none of them counts for a score."""
    return {"bool": {"filter": clauses}} if clauses else {"match_all": {}}


def absent(path: str) -> Clause:
    """The clause that nothing stands there."""
    return {"bool": {"must_not": {"exists": {"field": path}}}}
