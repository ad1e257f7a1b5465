"""The names of people in a mail, where its form shows them: beside addresses, in quoted headers, as signed."""

import re

_WORD = r"[^\W\d_][\w.'’-]*"
_TITLED = (
    r"(?:(?!(?:Op|On|Am|Le|Pe|Van|From|Von|De|Aan|To|An)\b)[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*"
    r"|van|de|der|den|het|ten|ter|von|zu|la|du|el|al)"
)
_NAME = rf"{_TITLED}(?:,? {_TITLED}){{0,5}}"
_BESIDE_ADDRESS = re.compile(
    rf"(?:\"[^\"\n<>]{{1,80}}\"|'[^'\n<>]{{1,80}}'|{_NAME})(?=\s?(?:<|&lt;|\[mailto:|\(mailto:)(?:mailto:|<a\s[^<>]*>)?[\w.+%-]+@)"
)
_WRITER = re.compile(rf"(\b(?:schreef|schrieb) ){_NAME}(?= ?:[ \t]*$)", re.MULTILINE)
_WRITER_FIRST = re.compile(
    rf"(\d[^\n]{{0,30}}[ ,]){_NAME}(?= (?:wrote|a écrit|a scris) ?:[ \t]*$)", re.MULTILINE | re.IGNORECASE
)
_FIELDS = re.compile(
    r"(?:^[*_]{0,2}(?:van|from|von|de|de la|verzonden|sent|gesendet|envoyé|trimis|datum|date|data|aan|to|an|à|către|cc"
    r"|onderwerp|subject|betreff|objet|subiect) ?:[^\n]*(?:\n|$)){3,}",
    re.IGNORECASE | re.MULTILINE,
)
_PERSON_FIELD = re.compile(
    r"^([*_]{0,2}(?:van|from|von|de|de la|aan|to|an|à|către|cc) ?:[*_]{0,2} ?)[^\n]*", re.IGNORECASE | re.MULTILINE
)
_SIGNED = re.compile(rf"(^-- ?\n+){_WORD}(?: {_WORD}){{0,4}}[ \t]*$", re.MULTILINE)


def without_correspondents(text: str) -> str:
    """The text with `[name]` for the names that its form betrays; addresses are left to whoever scrubs them."""
    if "@" in text:
        text = _BESIDE_ADDRESS.sub("[name]", text)
    if ":" in text:
        text = _WRITER.sub(r"\1[name]", text)
        text = _WRITER_FIRST.sub(r"\1[name]", text)
        text = _FIELDS.sub(lambda block: _PERSON_FIELD.sub(r"\1[name]", block[0]), text)
    return _SIGNED.sub(r"\1[name]", text) if "--" in text else text
