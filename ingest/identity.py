"""Ids that follow from content: the same record has the same id in every run and in every order."""

from hashlib import blake2b

_ID_BYTES = 13
_DIGEST_BYTES = 16


def message_id(source: str, native_id: str) -> str:
    """`m_` and 26 hexadecimal digits, from where the record comes from and the id that it has there."""
    return _named(f"{source}\x00{native_id}")


def content_id(source: str, content: bytes, occurrence: int) -> str:
    """The id of a record that brings none: from its content and how many alike came before, not from its place."""
    return _named(f"{source}\x00\x00{content.hex()}\x00{occurrence}")


def content_digest(text: str, author: str | None, published: str) -> bytes:
    """What makes two records without an id the same."""
    return blake2b(f"{author or ''}\x00{published}\x00{text}".encode(), digest_size=_DIGEST_BYTES).digest()


def short_key(name: str) -> bytes:
    """Eight bytes that stand for a name in `Seen`."""
    return blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()


def _named(key: str) -> str:
    return "m_" + blake2b(key.encode("utf-8", "replace"), digest_size=_ID_BYTES).hexdigest()
