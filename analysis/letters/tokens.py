"""Words with their places, so that letters are compared word by word and quoted as written."""

import re
from functools import lru_cache

import msgspec

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e4e"
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"\d+(?:[.,:]\d+)*|[{_UNSPACED}][{_MARKS}]*|(?:(?![{_UNSPACED}])[^\W\d_])(?:(?![{_UNSPACED}])[\w{_MARKS}])*"
    rf"(?:['’\-](?:(?![{_UNSPACED}])[^\W_])(?:(?![{_UNSPACED}])[\w{_MARKS}])*)*|[^\W_]"
)
_ASCII_WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[A-Za-z][A-Za-z0-9]*(?:['\-][A-Za-z0-9]+)*")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]\W*\s|[。！？]|\n")


class Words(msgspec.Struct, frozen=True):
    """The words of a text: `keys` as compared (casefolded), `spans` their character offsets in `text`."""

    text: str
    keys: list[str]
    spans: list[tuple[int, int]]


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """The form in which two words are compared: casefolded, one kind of apostrophe."""
    return word.casefold().replace("’", "'")


def read_words(text: str) -> Words:
    """Words and numbers of a text; punctuation stands between them; scripts without spaces go by character."""
    if text.isascii():
        plain = list(_ASCII_WORD.finditer(text.lower()))
        return Words(text, [match[0] for match in plain], [match.span() for match in plain])
    found = list(_WORD.finditer(text))
    return Words(text, [word_key(match[0]) for match in found], [match.span() for match in found])


def sentence_starts(words: Words) -> list[int]:
    """Indices of the words that open a sentence or paragraph, the first word included."""
    text, spans = words.text, words.spans
    starts = [0] if spans else []
    for index in range(1, len(spans)):
        between = text[spans[index - 1][1] : spans[index][0]]
        if between != " " and _SENTENCE_END.search(between):
            starts.append(index)
    return starts


def sentence_numbers(words: Words) -> list[int]:
    """For each word the number of its sentence, from 0."""
    starts = set(sentence_starts(words)[1:])
    numbers, sentence = [], 0
    for index in range(len(words.keys)):
        sentence += index in starts
        numbers.append(sentence)
    return numbers


def quote(words: Words, first: int, end: int) -> str:
    """The text of the words [first, end) as written; "" when there are none."""
    return words.text[words.spans[first][0] : words.spans[end - 1][1]] if end > first else ""
