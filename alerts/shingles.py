"""Texts as words and word-3 shingles: what the registry and the benign checks compare."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

Shingle = tuple[str, ...]

_UNSAID = re.compile(r"https?://\S+|www\.\S+|@[\w.@-]+|\[(?:e-mail|phone|account|name)\]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Token(NamedTuple):
    """A word, case-folded, and where it stands in its text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text with their places; links, mentions, scrubbed names and numbers do not count."""
    said = _UNSAID.sub(lambda match: " " * len(match[0]), text)
    return [Token(match[0].casefold().replace("’", "'"), match.start(), match.end()) for match in _WORD.finditer(said)]


def words(text: str) -> list[str]:
    """The words of a text, case-folded, numbers left out."""
    return [token.word for token in tokens(text)]


def shingles(sequence: Sequence[str]) -> frozenset[Shingle]:
    """The distinct runs of three words; a text of one or two words is one run."""
    if 0 < len(sequence) < 3:
        return frozenset({tuple(sequence)})
    return frozenset(zip(sequence, sequence[1:], sequence[2:], strict=False))


def common(texts: Sequence[Sequence[str]], share: float = 0.5) -> frozenset[Shingle]:
    """The shingles that at least `share` of the texts hold, and at least two of them."""
    counts = Counter(shingle for text in texts for shingle in shingles(text))
    least = max(2, share * len(texts))
    return frozenset(shingle for shingle, count in counts.items() if count >= least)


def covered(sequence: Sequence[str], known: Collection[Shingle]) -> list[bool]:
    """For each word whether it stands in a run that is `known`."""
    marks = [False] * len(sequence)
    width = min(3, len(sequence))
    for start in range(len(sequence) - width + 1):
        if tuple(sequence[start : start + width]) in known:
            marks[start : start + width] = [True] * width
    return marks


def containment(part: Collection[Shingle], whole: Collection[Shingle]) -> float:
    """The share of `part` that `whole` holds, 0 to 1; 0 when `part` is empty."""
    return sum(shingle in whole for shingle in part) / len(part) if part else 0.0


def differ(texts: Iterable[Sequence[str]], *, least: int = 3, alike: float = 0.6, usual: float = 0.1) -> list[bool]:
    """For each text whether it is its writer's own: `least` different words or more, and seldom said by another.

    Another says it when the Jaccard similarity of their words is `alike` or more; seldom is at most twice, or by at
    most the share `usual` of the others when that is more.
    """
    said = [frozenset(text) for text in texts]
    often = max(2.0, usual * len(said))
    counts = Counter(said)
    wordings = [text for text in counts if len(text) >= least]
    echoes = {
        text: sum(counts[other] for other in wordings if len(text & other) >= alike * len(text | other)) - 1
        for text in wordings
    }
    return [text in echoes and echoes[text] <= often for text in said]
