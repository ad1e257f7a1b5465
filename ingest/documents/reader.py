"""The process that reads documents of strangers, apart from the rest and with a limit on its memory.

Run as `python -m ingest.documents.reader`: it writes one byte when it is ready. Each request on standard input is a
length and a document, each answer on standard output a mark (`+` what was read, `-` reason and fix), a length and JSON.
"""

import resource
import struct
import sys
from collections.abc import Callable, Mapping

import msgspec

from ingest.documents import office, pdf, plain, rich_text, web_page
from ingest.documents.document import Document
from ingest.documents.kinds import Kind, kind_of
from ingest.documents.unreadable import Unreadable

MEMORY_BYTES = 1536 << 20
LENGTH = struct.Struct("!I")
ANSWER = struct.Struct("!cI")
READY = b"."
_MEMORY = Unreadable(f"it needs more than {MEMORY_BYTES >> 20} MB of memory", "split it, or save it as TXT")
READERS: Mapping[Kind, Callable[[bytes], str | Document]] = {
    "docx": office.docx,
    "html": web_page.text,
    "odt": office.odt,
    "pdf": pdf.document,
    "rtf": rich_text.text,
    "txt": plain.text,
}


def answers() -> None:
    """Answer requests until there are no more."""
    _limit(MEMORY_BYTES)
    requests, told = sys.stdin.buffer, sys.stdout.buffer
    told.write(READY)
    told.flush()
    while len(head := requests.read(LENGTH.size)) == LENGTH.size:
        (length,) = LENGTH.unpack(head)
        mark, answer = _answer(requests.read(length))
        told.write(ANSWER.pack(mark, len(answer)) + answer)
        told.flush()


def _answer(content: bytes) -> tuple[bytes, bytes]:
    try:
        return b"+", msgspec.json.encode(_sound(READERS[kind_of(content)](content)))
    except Unreadable as error:
        return b"-", msgspec.json.encode((error.reason, error.fix))
    except MemoryError:
        return b"-", msgspec.json.encode((_MEMORY.reason, _MEMORY.fix))


def _sound(read: str | Document) -> Document:
    """Without halves of characters, which UTF-8 does not hold."""
    document = Document(read) if isinstance(read, str) else read
    return msgspec.structs.replace(document, text=document.text.encode("utf-8", "replace").decode())


def _limit(size: int) -> None:
    """The most address space that this process may have, where the system keeps such limits."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    answers()
