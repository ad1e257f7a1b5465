"""The digest of an input, so that a run can say what it read."""

import hashlib

import msgspec

from ingest.opening import CHUNK_BYTES
from ingest.places import Bundle, File, Place


class Digest(msgspec.Struct, frozen=True):
    """SHA-256 in hexadecimal, and the size in bytes, both of the file as it lies there or in its archive."""

    sha256: str
    size_bytes: int


def digest_of(place: Place) -> Digest:
    """The digest of a file; of a folder's loose files that of their digests, whatever their names and order.

    Raises `OSError` and `ReadError` when a file cannot be read any more.
    """
    if not isinstance(place, Bundle):
        return _of_file(place)
    parts = sorted((_of_file(file) for file in place.files), key=lambda part: part.sha256)
    together = hashlib.sha256("\n".join(part.sha256 for part in parts).encode())
    return Digest(together.hexdigest(), sum(part.size_bytes for part in parts))


def _of_file(file: File) -> Digest:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as raw:
        while chunk := raw.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return Digest(digest.hexdigest(), size)
