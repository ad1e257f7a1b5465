"""Which encoding a text file is in, by evidence, and its lines as text; no byte is ever replaced in silence."""

import codecs
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from ingest.opening import MAX_LINE_BYTES, ByteSource, byte_lines
from ingest.places import Place

Encoding = Literal["utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1250"]
_BOMS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENOUGH_EVIDENCE = 2000
_SCAN_BYTES = 64 << 20
_MAX_LINE_CHARS = MAX_LINE_BYTES // 2
_STRAY = re.compile("[\ud800-\udfff]")
_ROMANIAN = re.compile(rb"(?<![\d\s])[\xba\xfe]|[\xba\xfe\xaa\xde](?=[a-z])")  # ş and ţ of cp1250
_WESTERN = re.compile(rb"[\xe0\xe8\xea\xef\xf1\xf9\xfb]")  # letters of cp1252 that Romanian does not have
_LEAST_ROMANIAN = 3


class Evidence(msgspec.Struct, frozen=True):
    """The encoding of a file and, in words, what shows it."""

    encoding: Encoding
    words: str


class Undecodable(str):
    """A line with bytes that the encoding does not know, in it as lone surrogates."""

    __slots__ = ()


def encoding_of(path: Place) -> Evidence:
    """A byte order mark decides; else NUL bytes betray UTF-16; else UTF-8 unless most non-ASCII bytes contradict it."""
    good = bad = seen = romanian = western = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for chunk in ByteSource(path).chunks():
        if seen == 0 and (told := _from_head(chunk)):
            return told
        text = decoder.decode(chunk)
        if not text.isascii():
            stray = len(_STRAY.findall(text)) if _STRAY.search(text) else 0
            bad += stray
            good += len(text) - len(text.encode("ascii", "ignore")) - stray
            romanian += len(_ROMANIAN.findall(chunk)) if stray else 0
            western += len(_WESTERN.findall(chunk)) if stray else 0
        seen += len(chunk)
        if good + bad >= _ENOUGH_EVIDENCE or seen >= _SCAN_BYTES:
            break
    if bad <= good:
        return Evidence("utf-8", "UTF-8")
    if romanian >= _LEAST_ROMANIAN and romanian > western:
        return Evidence("cp1250", "CP1250, as its Romanian letters show")
    return Evidence("cp1252", "CP1252, as its letters are no UTF-8")


def _from_head(head: bytes) -> Evidence | None:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return Evidence(encoding, f"{encoding.upper()} by its byte order mark")
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 and even < odd // 10 + 1:
        return Evidence("utf-16-le", "UTF-16-LE, as its zero bytes show")
    if even > len(sample) // 5 and odd < even // 10 + 1:
        return Evidence("utf-16-be", "UTF-16-BE, as its zero bytes show")
    return None


def text_lines(source: ByteSource, encoding: Encoding) -> Iterator[str | None]:
    """The lines with their ends, as `Undecodable` where bytes are not of the encoding; None for one too long."""
    if encoding.startswith("utf-16"):
        yield from _utf16_lines(source, encoding)
        return
    first = True
    for line in byte_lines(source, _line_end(source.path)):
        if line is None:
            yield None
            continue
        text = _decoded(line, encoding)
        yield text.removeprefix("\ufeff") if first and type(text) is str else text
        first = False


def _decoded(line: bytes, encoding: Encoding) -> str:
    if encoding != "utf-8" and not line.isascii() and (text := _as_utf8(line)) is not None:
        return text
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return Undecodable(line.decode(encoding, "surrogateescape"))


def _as_utf8(line: bytes) -> str | None:
    """The line where it is UTF-8 among lines that are not, as in exports put together: by chance it never is."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _line_end(path: Place) -> bytes:
    head = next(ByteSource(path).chunks(), b"")
    return b"\r" if b"\n" not in head and b"\r" in head else b"\n"


def _utf16_lines(source: ByteSource, encoding: Encoding) -> Iterator[str | None]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    rest: list[str] = []
    size = 0
    for at, chunk in enumerate(source.chunks()):
        text = decoder.decode(chunk)
        first, *lines = (text if at else text.removeprefix("\ufeff")).split("\n")
        rest.append(first)
        size += len(first)
        for line in lines:
            yield _joined(rest, size, "\n")
            rest, size = [line], len(line)
        if size > _MAX_LINE_CHARS:
            rest = []
    if decoder.getstate()[0]:
        yield Undecodable("".join(rest))  # half a code unit is left over at the end
    elif size and not source.broken:
        yield _joined(rest, size, "")


def _joined(pieces: list[str], size: int, end: str) -> str | None:
    return None if size > _MAX_LINE_CHARS else _sound("".join(pieces) + end)


def _sound(line: str) -> str:
    return line if line.isascii() or not _STRAY.search(line) else Undecodable(line)
