"""Which encoding a text file is in, by evidence, and its lines as text; no byte is ever replaced in silence."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ingest.opening import ByteSource, byte_lines

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


def has_stray_bytes(text: str) -> bool:
    """Whether bytes that the encoding does not know were met in this text."""
    return not text.isascii() and _STRAY.search(text) is not None


def encoding_of(path: Path) -> Encoding:
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
    """The lines with their ends; bytes that the encoding does not know become lone surrogates (`has_stray_bytes`).

    None stands for a line too long to be one.
    """
    if encoding.startswith("utf-16"):
        yield from _utf16_lines(source, encoding)
        return
    first = True
    for line in byte_lines(source, _line_end(source.path)):
        if line is None:
            yield None
            continue
        text = line.decode(encoding, "surrogateescape")
        yield text.removeprefix("\ufeff") if first else text
        first = False


def _line_end(path: Path) -> bytes:
    head = next(ByteSource(path).chunks(), b"")
    return b"\r" if b"\n" not in head and b"\r" in head else b"\n"


def _utf16_lines(source: ByteSource, encoding: Encoding) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    rest, first = "", True
    for chunk in source.chunks():
        *lines, rest = (rest + decoder.decode(chunk)).split("\n")
        for line in lines:
            yield (line.removeprefix("\ufeff") if first else line) + "\n"
            first = False
    if rest and not source.broken:
        yield rest.removeprefix("\ufeff") if first else rest
