"""Plain text from its bytes."""

import re

from ingest.documents.kinds import is_text, utf16_of
from ingest.documents.unreadable import Unreadable

_STRAY = re.compile("[\ud800-\udfff]")


def text(content: bytes) -> str:
    """The text in the encoding that its bytes betray: UTF-8, UTF-16 or windows-1252; none is replaced in silence.

    Raises `Unreadable` for bytes that are no text in any of them.
    """
    if not is_text(content):
        raise Unreadable("bytes that are no text", "save it as text in UTF-8")
    wide = utf16_of(content[: 1 << 16])
    for encoding in (wide,) if wide else ("utf-8-sig", "cp1252"):
        try:
            return _STRAY.sub("", content.decode(encoding).removeprefix("\ufeff"))
        except UnicodeDecodeError:
            continue
    raise Unreadable("bytes of no known encoding", "save it as text in UTF-8")
