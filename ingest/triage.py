"""What a file in a folder is: an export with many records, a document that is one letter, or an archive."""

import io
import re
import zipfile
from typing import IO, Literal

from ingest.archives import DAMAGED
from ingest.documents import Unreadable, kind_of
from ingest.formats import formats
from ingest.opening import bare_name, head_of, whole
from ingest.places import File, Opening
from ingest.roles import ROLES, candidates
from ingest.signatures import header_of

Sort = Literal["archive", "document", "export"]
_UNPACK = "unpack it and name the folder"
_LIMIT_BYTES = 512 << 20
_CLOSED = {b"7z\xbc\xaf'\x1c": "a 7z archive", b"Rar!\x1a\x07": "a RAR archive", b"BZh": "packed with bzip2",
           b"\xfd7zXZ": "packed with xz"}  # fmt: skip
_MAIL = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|received|return-path|reply-to|delivered-to|sender|user-agent"
    rb"|content-type|content-transfer-encoding|thread-topic|dkim-signature|authentication-results|arc-[a-z-]+|x-[\w-]+)"
    rb":[ \t]",
    re.IGNORECASE,
)
_TABLES = (".csv", ".tsv", ".tab", ".psv")
_LOOSE = ("delimited", "documents")  # what they take may be either
_OLE = b"\xd0\xcf\x11\xe0"


def sort_of(file: File) -> Sort:
    """What the file is, by its content. Raises `ReadError` for what can be none of them."""
    head = head_of(file)
    if not head.strip():
        raise Unreadable("empty", "check the export")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _packed(file)
    for magic, what in _CLOSED.items():
        if head.startswith(magic):
            raise Unreadable(what, _UNPACK)
    if head[257:262] == b"ustar":
        raise Unreadable("a tar archive", _UNPACK)
    return _plain(Opening(file, bare_name(file), head))


def is_mail(head: bytes) -> bool:
    """Whether it begins as one message by mail does, with a header line."""
    return _MAIL.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def _plain(file: Opening) -> Sort:
    if is_mail(file.head):
        return "document"
    if not file.head.startswith(_OLE) and file.head[:1] not in (b"{", b"["):
        kind = kind_of(file.head)
        if kind != "txt":
            return "document"
    if any(
        module.recognise(file) >= 0.5 for name, module in formats().items() if name not in ("delimited", "documents")
    ):
        return "export"
    if file.head.startswith(_OLE):
        kind_of(file.head)
    return "export" if file.name.endswith(_TABLES) or _has_header(file.head) else "document"


def _has_header(head: bytes) -> bool:
    """Whether the first line names two columns or more as exports do."""
    columns = header_of(head)
    return sum(any(candidates(role, [column]) for role in ROLES) for column in columns) >= 2


def _packed(file: File) -> Sort:
    """Office files are zip files too, and those may be compressed once more."""
    try:
        with file.open("rb") as raw:
            compressed = raw.read(2) != b"PK"
            names, mimetype = _contents(io.BytesIO(whole(file, _LIMIT_BYTES)) if compressed else raw)
    except (*DAMAGED, RuntimeError, NotImplementedError, OSError):
        raise Unreadable("a damaged zip file", "fetch it again") from None
    if any(name.startswith("word/document") for name in names) or mimetype.endswith(b"opendocument.text"):
        return "document"
    if any(name.startswith("xl/") for name in names) or mimetype.endswith(b"opendocument.spreadsheet"):
        return "export"
    if mimetype or "[Content_Types].xml" in names:
        raise Unreadable("neither a text document nor a spreadsheet", "save it as PDF with text, DOCX or ODT")
    if compressed:
        raise Unreadable("a zip file that was compressed once more", _UNPACK)
    return "archive"


def _contents(file: IO[bytes]) -> tuple[set[str], bytes]:
    """The names in a zip file, and what an OpenDocument file says that it is."""
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        return names, archive.read("mimetype")[:80] if "mimetype" in names else b""
