"""Texts as the index sees them, and words as data."""

import re
import unicodedata

_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKS = re.compile("[\u0300-\u036f]+")
_MOST_WORDS, _LONGEST_QUERY = 100, 2_000


def folded(text: str) -> str:
    """The text without case and accents; done here because only some servers can do it."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", apart))


def whole_characters(text: str) -> str:
    """The text with a space for each half character, which JSON cannot hold."""
    return text if is_whole(text) else _SURROGATES.sub(" ", text)


def is_whole(text: str) -> bool:
    """Whether the text has no half characters."""
    return not _SURROGATES.search(text)


def words_asked(words: str) -> str:
    """The words of a question, each once, folded; empty where there is none."""
    asked = dict.fromkeys(word for word in folded(whole_characters(words)).split() if any(map(str.isalnum, word)))
    return " ".join(list(asked)[:_MOST_WORDS])[:_LONGEST_QUERY]
