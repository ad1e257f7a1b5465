"""The text of word processors' files: DOCX and ODT, both XML inside a zip file."""

import io
import zipfile
import zlib

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from ingest.documents.unreadable import Unreadable

MAX_XML_BYTES = 64 << 20
MAX_CHARS = 400_000
_PIECE_BYTES = 1 << 16
_AGAIN = "save it again as DOCX, ODT or PDF"


class _Grammar(msgspec.Struct, frozen=True):
    """Where text stands: the part of the zip file, and the elements, by local name, that hold, break or hide text."""

    part: str
    holders: frozenset[str]
    starts: dict[str, str]
    ends: dict[str, str]
    unseen: frozenset[str]


_DOCX = _Grammar(
    part="word/document",
    holders=frozenset({"t"}),
    starts={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    ends={"p": "\n"},
    unseen=frozenset({"del", "moveFrom", "Fallback"}),
)
_ODT = _Grammar(
    part="content.xml",
    holders=frozenset({"p", "h"}),
    starts={"tab": "\t", "line-break": "\n", "s": " "},
    ends={"p": "\n", "h": "\n"},
    unseen=frozenset({"tracked-changes", "annotation", "note-citation"}),
)


def docx(content: bytes) -> str:
    """The running text of a DOCX file, without what track changes deleted. Raises `Unreadable`."""
    return _text(content, _DOCX)


def odt(content: bytes) -> str:
    """The running text of an ODT file, without comments and tracked changes. Raises `Unreadable`."""
    return _text(content, _ODT)


def _text(content: bytes, grammar: _Grammar) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = _running_text(archive, grammar)
    except DefusedXmlException:
        raise Unreadable("XML that declares entities of its own", _AGAIN) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ParseError, ValueError, NotImplementedError):
        raise Unreadable("a damaged file", _AGAIN) from None
    except RuntimeError:  # what zipfile raises for a member under a password
        raise Unreadable("protected with a password", "save it without the password") from None
    if not found.strip():
        raise Unreadable("a document without text", "have pictures of text recognised (OCR), or leave it out")
    return found


def _running_text(archive: zipfile.ZipFile, grammar: _Grammar) -> str:
    """The text in order, read piece by piece and no further than is kept."""
    names = [name for name in archive.namelist() if name.startswith(grammar.part) and name.endswith(".xml")]
    if not names:
        raise Unreadable("a document whose text part is missing", _AGAIN)
    running = _Running(grammar)
    parser = DefusedXMLParser(target=running, forbid_dtd=True)
    read = 0
    with archive.open(names[0]) as file:
        while running.size <= MAX_CHARS and (piece := file.read(_PIECE_BYTES)):
            parser.feed(piece)
            read += len(piece)
            if read > MAX_XML_BYTES:
                raise Unreadable(f"larger than {MAX_XML_BYTES >> 20} MB unpacked", "split it, or save it as TXT")
    if running.size <= MAX_CHARS:
        parser.close()
    return running.text()


class _Running:
    """What the parser tells of elements, as text."""

    def __init__(self, grammar: _Grammar) -> None:
        self._grammar = grammar
        self._parts: list[str] = []
        self._hidden = self._held = 0
        self.size = 0

    def start(self, tag: str, _: dict[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        self._hidden += name in self._grammar.unseen
        self._held += name in self._grammar.holders
        if not self._hidden and (piece := self._grammar.starts.get(name)):
            self._add(piece)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = _local(tag)
        if not self._hidden and (piece := self._grammar.ends.get(name)):
            self._add(piece)
        self._hidden -= name in self._grammar.unseen
        self._held -= name in self._grammar.holders

    def data(self, data: str) -> None:
        """Characters."""
        if self._held and not self._hidden:
            self._add(data)

    def close(self) -> None:
        """The document ends."""

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts).strip("\n")

    def _add(self, piece: str) -> None:
        self._parts.append(piece)
        self.size += len(piece)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
