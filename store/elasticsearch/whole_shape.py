"""Documents of a collection without a template: the body whole and unread, and the fields that can be asked for."""

import base64
import hashlib
import json

import msgspec

from store.contract import Document, FieldValue
from store.elasticsearch.identifiers import to_term
from store.elasticsearch.shape import Clause, Source, absent, identity, moment, own_part, raw, timestamp
from store.elasticsearch.texts import is_whole, whole_characters
from store.errors import StoreError

_LONGEST_TAG_BYTES = 8_000


class WholeShape(msgspec.Struct, frozen=True):
    """The shape whose askable fields are `names`."""

    names: tuple[str, ...]

    def source(self, document: Document) -> Source:
        """The body under `body`, and of each field a tag that says its value and its type."""
        source = own_part(document)
        stamp = None if document.at is None else timestamp(document.at)
        if stamp is not None:
            source["@timestamp"] = stamp
        if document.text is not None:
            source |= _text_part(document.text)
        values, body = _read(document)
        for name in self.names:
            if (tag := _tag(values.get(name))) is not None:
                source[f"fields.{name}"] = raw(tag)
        return source | body

    def document(self, source: Source) -> Document:
        """The document with its body as it was."""
        return Document(id=identity(source), body=_body(source), at=moment(source), text=_text(source))

    def fields(self) -> list[str]:
        """The fields that can be asked for."""
        return list(self.names)

    def condition(self, field: str, value: FieldValue) -> Clause:
        """The clause that the tag of the field says this value."""
        path = f"fields.{field}"
        return absent(path) if value is None else {"term": {path: _tag(value)}}


def _read(document: Document) -> tuple[dict[str, object], Source]:
    body = document.body
    try:
        body.decode()
        msgspec.json.decode(body, type=msgspec.Raw)
        clean = msgspec.json.format(body, indent=-1) if b"\n" in body else body
        return _top(msgspec.json.decode(body)), {"body": msgspec.Raw(clean)}
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Half characters are JSON to the standard library alone, and the server's answer must stay readable.
        return _top(_as_the_standard_library_reads(document)), {"store.raw_body": raw(body)}


def _as_the_standard_library_reads(document: Document) -> object:
    try:
        return json.loads(document.body.decode(), parse_constant=_no_constant)
    except ValueError:
        name = document.id[:100].encode(errors="replace").decode()
        raise StoreError(
            f"document {name!r}: a body is not JSON: give each document a body that is; nothing was written"
        ) from None


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _top(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _tag(value: object) -> str | None:
    if isinstance(value, str):
        term = "s" + to_term(value)
        data = term.encode()
        return term if len(data) <= _LONGEST_TAG_BYTES else "h" + hashlib.sha256(data).hexdigest()
    if isinstance(value, float):
        return f"i{int(value)}" if value.is_integer() else f"f{value!r}"
    return f"i{int(value)}" if isinstance(value, int) else None


def _body(source: Source) -> bytes:
    if "body" in source:
        return bytes(source["body"])
    return base64.b64decode(msgspec.json.decode(source["store.raw_body"], type=str))


def _text_part(text: str) -> Source:
    part = {"message": raw(whole_characters(text))}
    if not is_whole(text):
        part["store.raw_text"] = raw(text.encode("utf-8", "surrogatepass"))
    return part


def _text(source: Source) -> str | None:
    if "store.raw_text" in source:
        return msgspec.json.decode(source["store.raw_text"], type=bytes).decode("utf-8", "surrogatepass")
    return msgspec.json.decode(source["message"], type=str) if "message" in source else None
