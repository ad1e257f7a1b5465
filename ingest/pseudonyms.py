"""Handles and names become keyed pseudonyms: the same person the same pseudonym, and no way back without the key."""

import hmac
import unicodedata

_CACHED = 200_000
_SHORTEST_KEY_BYTES = 16


class Pseudonyms:
    """Pseudonyms under one key. HMAC-SHA256, cut to 80 bits: no collisions to speak of below a billion people."""

    def __init__(self, key: bytes) -> None:
        if len(key) < _SHORTEST_KEY_BYTES:
            raise ValueError(f"the key has {len(key)} bytes; give it at least {_SHORTEST_KEY_BYTES}, 32 are usual")
        self._key = key
        self._known: dict[str, str] = {}

    def of(self, handle: str) -> str:
        """`p_` and 20 hexadecimal digits. Case, a leading @, outer space and compatibility forms make no difference."""
        known = self._known.get(handle)
        if known is None:
            digest = hmac.digest(self._key, normal_handle(handle).encode("utf-8", "replace"), "sha256")
            if len(self._known) >= _CACHED:
                self._known.clear()
            known = self._known[handle] = "p_" + digest[:10].hex()
        return known


def normal_handle(handle: str) -> str:
    """The form under which two spellings of a handle or name are one."""
    if not handle.isascii():
        handle = unicodedata.normalize("NFKC", handle)
    return " ".join(handle.casefold().split()).lstrip("@").strip()
