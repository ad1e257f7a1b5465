"""The body of an answer, unpacked piece by piece, so that a small one that swells is noticed before memory ends."""

import zlib
from collections.abc import Iterable, Iterator

_GZIP, _ZLIB, _RAW = 31, 15, -15


class UnpackingError(Exception):
    """The body cannot be unpacked, or is larger than it may be; the message says which."""


def unpacked(pieces: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    """The pieces as they were before `Content-Encoding`. Raises `UnpackingError`, also beyond `limit` bytes."""
    size = 0
    for piece in _opened(pieces, encoding.strip().lower(), limit):
        size += len(piece)
        if size > limit:
            raise UnpackingError(f"it is larger than {limit >> 20} MB")
        yield piece


def _opened(pieces: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise UnpackingError(f"it is packed as {encoding[:20]!r}, which was not asked for")
    opener = None
    for piece in pieces:
        opener = opener or zlib.decompressobj(_kind(encoding, piece))
        try:
            yield opener.decompress(piece, limit + 1)
        except zlib.error:
            raise UnpackingError("it is packed and damaged") from None
    if opener is not None and not opener.eof:
        raise UnpackingError("it breaks off")


def _kind(encoding: str, head: bytes) -> int:
    """Servers send `deflate` with and without the header that belongs to it."""
    if encoding != "deflate":
        return _GZIP
    return _ZLIB if head[:1] == b"\x78" else _RAW
