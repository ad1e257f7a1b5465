"""A writer's hand: slips of the keys, capitals and layout."""

import random
import re
from collections.abc import Mapping, Sequence

_START = re.compile(r"(?:^|[.!?]\s+|\n)([a-zà-ÿ])")
_ENDS = (".", "!", "?", '"', ")", "”")
CAREFUL = 0.55  # writers who make no slip at all


def sentence(text: str) -> str:
    """The text as a sentence: a capital in front and a stop behind."""
    text = _START.sub(lambda match: match[0].upper(), text.replace(" ,", ",").replace(" .", "."))
    return text if text.endswith(_ENDS) else text + "."


def after(opener: str, text: str, proper: frozenset[str]) -> str:
    """The text behind an opener, its first word in lower case unless it is a name."""
    first = text.partition(" ")[0]
    keep = first in proper or first[1:2].isupper()
    return f"{opener} {text if keep else text[0].lower() + text[1:]}"


def slip(text: str, rng: random.Random) -> str:
    """The text as typed by this writer: most make no slip, some a few, a few many; some have a habit."""
    habit = rng.random()
    if habit < 0.03:
        text = text.lower()
    elif habit < 0.06:
        text = text.replace(". ", "! ", 1 + int(rng.random() * 4))
    if rng.random() < CAREFUL:
        return text
    words = text.split(" ")
    for _ in range(min(len(words) // 6, int(rng.expovariate(0.45)))):
        place = int(rng.random() * len(words))
        words[place] = mistype(words[place], rng)
    return " ".join(words)


def mistype(word: str, rng: random.Random) -> str:
    """One slip of the keys in a word of four letters or more."""
    if len(word) < 4 or not word.isalpha():
        return word
    place = 1 + int(rng.random() * (len(word) - 2))
    kind = rng.random()
    if kind < 0.4:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind < 0.75:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place] + word[place:]


def paragraphs(sentences: Sequence[str], rng: random.Random) -> str:
    """The sentences in paragraphs of this writer's usual length; some writers know no paragraphs."""
    usual = rng.choice((2, 3, 3, 4, 5, 99))
    out: list[str] = []
    start = 0
    while start < len(sentences):
        length = max(1, usual + rng.choice((-1, 0, 0, 1)))
        out.append(" ".join(sentences[start : start + length]))
        start += length
    return "\n\n".join(out)


def reword(text: str, thesaurus: Mapping[str, Sequence[str]], rate: float, rng: random.Random) -> str:
    """The text with about `rate` of the words that the thesaurus knows put in other words."""
    words = text.split(" ")
    for place, word in enumerate(words):
        known = thesaurus.get(word)
        if known and rng.random() < rate:
            words[place] = rng.choice(known)
    return " ".join(words)
