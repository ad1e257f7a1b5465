"""Files as streams of bytes: plain, gzip or zstandard, told apart by their first bytes and never by their name."""

import gzip
import lzma
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import zstandard

from ingest.archives import DAMAGED
from ingest.errors import ReadError
from ingest.places import Bundle, File, Place

CHUNK_BYTES = 1 << 18
MAX_LINE_BYTES = 32 << 20
_ZSTD_CHUNK_BYTES = 2048  # a run-length block can swell this to 64 MB, a larger piece to gigabytes
_ZSTD_WINDOW_BYTES = 1 << 31
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_SWELL_BYTES, _SWELL_TIMES = 256 << 20, 400


class ByteSource:
    """The bytes of a file, decompressed. `broken` says why the stream broke off before its end, once it has."""

    def __init__(self, path: Place) -> None:
        if isinstance(path, Bundle):
            raise ReadError(f"{path.name} is a folder; a format that reads single files cannot read it")
        self.path: File = path
        self.broken: str | None = None

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces; a damaged end sets `broken` and ends the stream, a file that cannot open raises.

        A file that grows meanwhile is read up to the size it had at the start, and `broken` says so.
        """
        try:
            size = _size(self.path)  # before opening: a pipe would be waited for
            with self.path.open("rb") as file:
                yield from self._content(file, size)
        except (*DAMAGED, lzma.LZMAError):
            self.broken = "the archive is damaged here"
        except (RuntimeError, NotImplementedError):  # zipfile on a password, and on a compression it does not know
            raise ReadError(f"{self.path.name} is packed under a password or in an unusual way; unpack it") from None
        except OSError as error:
            raise ReadError(
                f"cannot read {self.path.name}: {error.strerror or 'it is no file'}; check its path and rights"
            ) from None

    def _content(self, file: IO[bytes], size: int | None) -> Iterator[bytes]:
        magic = file.read(4)
        file.seek(0)
        raw = _UpTo(file, size)
        packed = self.path.packed_bytes if not isinstance(self.path, Path) else size
        produced = 0
        for chunk in self._decompressed(raw, magic):
            yield chunk
            produced += len(chunk)
            if produced > max(_SWELL_BYTES, _SWELL_TIMES * (packed or 0)):
                self.broken = f"it swells more than {_SWELL_TIMES} times when unpacked, as no export does"
                return
        if size is not None and not self.broken and file.read(1):
            self.broken = "the file grew while it was read"

    def _decompressed(self, raw: "_UpTo", magic: bytes) -> Iterator[bytes]:
        if magic.startswith(_GZIP_MAGIC):
            return self._gzip(raw)
        if magic == _ZSTD_MAGIC:
            return self._zstd(raw)
        return iter(lambda: raw.read(CHUNK_BYTES), b"")

    def _gzip(self, raw: "_UpTo") -> Iterator[bytes]:
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

    def _zstd(self, raw: "_UpTo") -> Iterator[bytes]:
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


class _UpTo:
    """A file up to a size, or to its end where there is none."""

    def __init__(self, file: IO[bytes], size: int | None) -> None:
        self._file = file
        self._left = size

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes of what is left."""
        if self._left is None:
            return self._file.read(size)
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece

    def seekable(self) -> bool:
        """No: it is read once."""
        return False

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Never called."""
        raise OSError("read once only")


def _size(path: File) -> int | None:
    """The size of a file in bytes, None for a member of an archive. Raises `ReadError` for a pipe or a device."""
    if not isinstance(path, Path):
        return None
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ReadError(f"{path.name} is no ordinary file; write its content to a file and name that")
    return found.st_size


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
    rest: list[bytes] = []
    size = 0
    for chunk in source.chunks():
        first, *lines = chunk.split(end)
        rest.append(first)
        size += len(first)
        for line in lines:
            yield None if size > MAX_LINE_BYTES else b"".join(rest) + end
            rest, size = [line], len(line)
        if size > MAX_LINE_BYTES:
            rest = []
    if size > MAX_LINE_BYTES:
        yield None
    elif size and not source.broken:
        yield b"".join(rest)


def bare_name(path: Place) -> str:
    """The file name in lower case without the ending of its compression."""
    name = path.name.lower()
    for ending in (".gz", ".zst", ".zstd"):
        name = name.removesuffix(ending)
    return name
