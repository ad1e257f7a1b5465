"""What a mail says: its body, the letters enclosed with it, the mails attached to it."""

from collections.abc import Iterator
from email.message import Message as Mail

from ingest.mail.charsets import decoded, header_text
from ingest.mail.flowed import unflowed
from ingest.text.markup import readable

Enclosed = tuple[str, bytes]
_DEEPEST = 30


def body_of(mail: Mail) -> str:
    """The text of the body as it was written: plain where there is a plain form, else HTML."""
    pieces = [piece for piece in _pieces(mail, 0) if piece.strip()]
    return pieces[0] if len(pieces) == 1 else "\n\n".join(map(readable, pieces))


def enclosures_of(mail: Mail) -> list[Enclosed]:
    """The attached files: name and content. Pictures, films and sounds are none."""
    return [(_name(part), _content(part)) for part in _parts(mail, 0) if _is_file(part)]


def mails_in(mail: Mail) -> list[Mail]:
    """The mails attached to a mail (message/rfc822), not those attached to them in their turn."""
    return [inner for part in _parts(mail, 0) if _is_mail(part) for inner in _children(part)]


def _pieces(part: Mail, depth: int) -> Iterator[str]:
    if depth > _DEEPEST or _is_mail(part) or _is_file(part):
        return
    if part.get_content_subtype() == "alternative" and part.is_multipart():
        yield _best_form([list(_pieces(child, depth + 1)) for child in _children(part)])
    elif part.is_multipart():
        for child in _children(part):
            yield from _pieces(child, depth + 1)
    elif part.get_content_maintype() == "text" and part.get_content_subtype() in ("plain", "html"):
        yield _text(part)


def _best_form(forms: list[list[str]]) -> str:
    """The plainest form comes first; one that is empty is there for form's sake."""
    joined = ("\n\n".join(piece for piece in form if piece.strip()) for form in forms)
    return next((text for text in joined if text.strip()), "")


def _text(part: Mail) -> str:
    text = decoded(_content(part), part.get_content_charset(""))
    if part.get_content_subtype() == "plain" and _parameter(part, "format") == "flowed":
        return unflowed(text, delete_space=_parameter(part, "delsp") == "yes")
    return text.replace("\r\n", "\n")


def _content(part: Mail) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _parts(part: Mail, depth: int) -> Iterator[Mail]:
    """The leaves, and attached mails as a whole."""
    if depth > _DEEPEST:
        return
    if part.is_multipart() and not _is_mail(part):
        for child in _children(part):
            yield from _parts(child, depth + 1)
    else:
        yield part


def _children(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Mail)] if isinstance(payload, list) else []


def _is_mail(part: Mail) -> bool:
    return part.get_content_type() == "message/rfc822"


def _is_file(part: Mail) -> bool:
    if part.is_multipart() or part.get_content_maintype() in ("image", "audio", "video"):
        return False
    return bool(_name(part)) or part.get_content_disposition() == "attachment"


def _name(part: Mail) -> str:
    return header_text(part.get_filename("") or "")


def _parameter(part: Mail, name: str) -> str:
    value = part.get_param(name, "")
    return value.lower() if isinstance(value, str) else ""
