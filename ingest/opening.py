"""Files as streams of bytes: plain, gzip or zstandard, told apart by their first bytes and never by their name."""

import gzip
import zlib
from collections.abc import Iterator
from typing import IO

import zstandard

from ingest.errors import ReadError
from ingest.places import Bundle, File, Place

CHUNK_BYTES = 1 << 18
MAX_LINE_BYTES = 32 << 20
_ZSTD_CHUNK_BYTES = 2048  # a run-length block can swell this to 64 MB, a larger piece to gigabytes
_ZSTD_WINDOW_BYTES = 1 << 31
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class ByteSource:
    """The bytes of a file, decompressed. `broken` says why the stream broke off before its end, once it has."""

    def __init__(self, path: Place) -> None:
        if isinstance(path, Bundle):
            raise ReadError(f"{path.name} is a folder; a format that reads single files cannot read it")
        self.path: File = path
        self.broken: str | None = None

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces; a damaged end sets `broken` and ends the stream, a file that cannot open raises."""
        try:
            with self.path.open("rb") as raw:
                magic = raw.read(4)
                raw.seek(0)
                yield from self._decompressed(raw, magic)
        except OSError as error:
            raise ReadError(
                f"cannot read {self.path.name}: {error.strerror or 'it is no file'}; check its path and rights"
            ) from None

    def _decompressed(self, raw: IO[bytes], magic: bytes) -> Iterator[bytes]:
        if magic.startswith(_GZIP_MAGIC):
            return self._gzip(raw)
        if magic == _ZSTD_MAGIC:
            return self._zstd(raw)
        return iter(lambda: raw.read(CHUNK_BYTES), b"")

    def _gzip(self, raw: IO[bytes]) -> Iterator[bytes]:
        stream = gzip.GzipFile(fileobj=raw)
        while True:
            try:
                chunk = stream.read1(CHUNK_BYTES)
            except (EOFError, gzip.BadGzipFile, zlib.error):
                self.broken = "the gzip stream is damaged or breaks off"
                return
            if not chunk:
                return
            yield chunk

    def _zstd(self, raw: IO[bytes]) -> Iterator[bytes]:
        opener = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
        frame = opener.decompressobj()
        fresh = True
        piece = raw.read(_ZSTD_CHUNK_BYTES)
        while piece:
            try:
                yield frame.decompress(piece)
            except zstandard.ZstdError:
                break
            fresh, left = frame.eof, frame.unused_data if frame.eof else b""
            if fresh:
                frame = opener.decompressobj()
            piece = left or raw.read(_ZSTD_CHUNK_BYTES)
        if piece or not fresh:
            self.broken = "the zstandard stream is damaged or breaks off"


def head_of(path: Place, size: int = 1 << 16) -> bytes:
    """The first `size` bytes of the decompressed content, fewer if there are no more."""
    head = b""
    for chunk in ByteSource(path).chunks():
        head += chunk
        if len(head) >= size:
            break
    return head[:size]


def whole(path: Place, limit: int) -> bytes:
    """All decompressed bytes. Raises `ReadError` beyond `limit` bytes or when the stream breaks off."""
    source, parts, size = ByteSource(path), [], 0
    for chunk in source.chunks():
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise ReadError(f"{path.name} is larger than {limit >> 20} MB unpacked; export it as CSV or JSON Lines")
    if source.broken:
        raise ReadError(f"{path.name}: {source.broken}; fetch the file again")
    return b"".join(parts)


def byte_lines(source: ByteSource, end: bytes = b"\n") -> Iterator[bytes | None]:
    """The lines with their ends; None stands for one longer than 32 MB.

    An unfinished last line of a stream that broke off is left out: whoever reads `source.broken` reports it.
    """
    rest, too_long = b"", False
    for chunk in source.chunks():
        *lines, rest = (rest + chunk).split(end)
        for line in lines:
            yield None if too_long else line + end
            too_long = False
        if len(rest) > MAX_LINE_BYTES:
            rest, too_long = b"", True
    if too_long:
        yield None
    elif rest and not source.broken:
        yield rest


def bare_name(path: Place) -> str:
    """The file name in lower case without the ending of its compression."""
    name = path.name.lower()
    for ending in (".gz", ".zst", ".zstd"):
        name = name.removesuffix(ending)
    return name
