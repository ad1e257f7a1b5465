"""Ids in a form that the server takes: up to 512 bytes, never empty, no half characters; and back."""

import hashlib
import re
from collections.abc import Sequence

from store.errors import StoreError

_LONGEST_KEY_BYTES, _LONGEST_TERM_BYTES = 480, 32_000
_MARK = "~"
_ESCAPE = 0xE000
_HIDDEN = re.compile("[\ud800-\udfff\ue000]")
_SHOWN = re.compile("\ue000(.)", re.DOTALL)
_ITSELF = chr(0x1000)


def to_key(identity: str) -> str:
    """The `_id` of a document: its id, or a hash of one that the server would not take."""
    data = identity.encode("utf-8", "surrogatepass")
    if 0 < len(data) <= _LONGEST_KEY_BYTES and not identity.startswith(_MARK) and not _HIDDEN.search(identity):
        return identity
    return _MARK + hashlib.sha256(data).hexdigest()


def to_keys(ids: Sequence[str]) -> list[str]:
    """The `_id` of each, each once, in order."""
    return list(dict.fromkeys(map(to_key, ids)))


def to_term(text: str) -> str:
    """The text without half characters, reversibly, sorting as its code points do.

    A surrogate sorts right before U+E000; so it becomes U+E000 and a small character, U+E000 itself the same and a
    larger one.
    """
    return _HIDDEN.sub(_hide, text)


def from_term(term: str) -> str:
    """The text that `to_term` was given."""
    return _SHOWN.sub(_show, term)


def identity_term(identity: str) -> str:
    """The id as the server sorts by it; StoreError for one that is longer than it can."""
    term = to_term(identity)
    if len(term) > _LONGEST_TERM_BYTES // 4 and len(term.encode()) > _LONGEST_TERM_BYTES:
        raise StoreError(f"an id of {len(identity)} characters: an id has at most {_LONGEST_TERM_BYTES:,} bytes")
    return term


def _hide(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_ESCAPE) + (_ITSELF if code == _ESCAPE else chr(code - 0xD800 + 1))


def _show(found: re.Match[str]) -> str:
    return chr(_ESCAPE) if found[1] == _ITSELF else chr(ord(found[1]) - 1 + 0xD800)
