"""The bytes of a mail as text: by what it says of itself, and by evidence where that cannot be true."""

from email.errors import HeaderParseError
from email.header import decode_header

# What calls itself Latin-1 or ASCII is windows-1252 or UTF-8 in practice (WHATWG Encoding Standard).
_MISLABELLED = frozenset(("", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default", "8bit", "binary"))
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252"))


def decoded(content: bytes, charset: str | None) -> str:
    """The text. Bytes that are not in the charset named are read as UTF-8 if they all can be, else as windows-1252."""
    named = (charset or "").strip().strip("\"'").lower()
    tried = [] if named in _MISLABELLED else ["cp1252"] if named in _LATIN else [named]
    for encoding in (*tried, "utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("latin-1")  # five codes that windows-1252 leaves open


def header_text(raw: str) -> str:
    """A header in one line, its encoded words decoded (RFC 2047), raw bytes in it by evidence."""
    line = " ".join(raw.split())
    try:
        pieces = decode_header(line)
    except (HeaderParseError, ValueError):
        pieces = [(line, None)]
    return "".join(_piece(piece, charset) for piece, charset in pieces).strip()


def _piece(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece if piece.isascii() else decoded(piece.encode("utf-8", "surrogateescape"), charset)
    return decoded(piece, charset)
