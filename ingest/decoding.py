"""Which encoding a text file is in, by evidence, and its lines as text; no byte is ever replaced in silence."""

import codecs
import re
from collections.abc import Iterator
from typing import Literal

from ingest.opening import ByteSource, byte_lines
from ingest.places import Place

Encoding = Literal["utf-8", "utf-16-le", "utf-16-be", "cp1252"]
_BOMS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENOUGH_EVIDENCE = 2000
_SCAN_BYTES = 64 << 20
_STRAY = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f\ud800-\udfff]")


class Undecodable(str):
    """A line with bytes that the encoding does not know, in it as lone surrogates."""

    __slots__ = ()


def encoding_of(path: Place) -> Encoding:
    """A byte order mark decides; else NUL bytes betray UTF-16; else UTF-8 unless most non-ASCII bytes contradict it."""
    good = bad = seen = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for chunk in ByteSource(path).chunks():
        if seen == 0 and (told := _from_head(chunk)):
            return told
        text = decoder.decode(chunk)
        if not text.isascii():
            bad += len(_STRAY.findall(text))
            good += len(_NOT_ASCII.findall(text))
        seen += len(chunk)
        if good + bad >= _ENOUGH_EVIDENCE or seen >= _SCAN_BYTES:
            break
    return "cp1252" if bad > good else "utf-8"


def _from_head(head: bytes) -> Encoding | None:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 and even < odd // 10 + 1:
        return "utf-16-le"
    if even > len(sample) // 5 and odd < even // 10 + 1:
        return "utf-16-be"
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
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return Undecodable(line.decode(encoding, "surrogateescape"))


def _line_end(path: Place) -> bytes:
    head = next(ByteSource(path).chunks(), b"")
    return b"\r" if b"\n" not in head and b"\r" in head else b"\n"


def _utf16_lines(source: ByteSource, encoding: Encoding) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    rest = ""
    for at, chunk in enumerate(source.chunks()):
        text = decoder.decode(chunk)
        *lines, rest = (rest + (text if at else text.removeprefix("\ufeff"))).split("\n")
        yield from (_sound(line + "\n") for line in lines)
    if decoder.getstate()[0]:
        yield Undecodable(rest)  # half a code unit is left over at the end
    elif rest and not source.broken:
        yield _sound(rest)


def _sound(line: str) -> str:
    return line if line.isascii() or not _STRAY.search(line) else Undecodable(line)
