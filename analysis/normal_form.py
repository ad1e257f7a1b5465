"""Normal form: what of a text is compared. Two texts with the same normal form say the same, letter for letter."""

import hashlib
import re
import unicodedata

# Scripts written without spaces count a character as a word; elsewhere a word may hold one apostrophe or hyphen.
_WORD = r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W_\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+"
_NOT_SAID = re.compile(r"https?://\S+|www\.\S+|@[\w.@-]+|\[(?:e-mail|phone|account|name)\]", re.IGNORECASE)
_WORDS = re.compile(_WORD)
_WORDS_AND_STOPS = re.compile(rf"{_WORD}|[.!?…。！？]+(?=\s|$)|\n+")
STOP = "\n"


def _said(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "@" in text or "://" in text or "www." in text or "[" in text:
        text = _NOT_SAID.sub(" ", text)
    return text.casefold()


def words(text: str) -> list[str]:
    """The words of a text, case-folded; links, mentions and scrubbed names do not count."""
    return _WORDS.findall(_said(text))


def words_and_stops(text: str) -> list[str]:
    """The words of a text with STOP where a sentence ends."""
    found: list[str] = _WORDS_AND_STOPS.findall(_said(text))
    return [STOP if token[0] in ".!?…。！？\n" else token for token in found]


def normal_form(text: str) -> str:
    """The words joined by single spaces."""
    return " ".join(words(text))


def text_id(normal: str) -> str:
    """The id of a wording: 128 bits of BLAKE2b over its normal form, as "t_" and 32 hex digits."""
    return "t_" + hashlib.blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
