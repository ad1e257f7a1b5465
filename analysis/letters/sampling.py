"""The distinct letters of a family in an order that does not depend on the order they came in."""

import math
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import msgspec


class Letter(msgspec.Struct, frozen=True):
    """A distinct text and how many submissions carry it."""

    text: str
    weight: int


def distinct_letters(texts: Sequence[str], weights: Sequence[int] | None = None) -> list[Letter]:
    """Each distinct text once, in a pseudo-random order drawn from the texts themselves.

    The order is that of weighted sampling without replacement (Efraimidis and Spirakis 2006) by `votes`, with a hash
    of the text in place of the random number: any head of the list is a fair sample.
    """
    counts: Counter[str] = Counter()
    for text, weight in zip(texts, weights if weights is not None else [1] * len(texts), strict=True):
        counts[text] += weight
    letters = [Letter(text, weight) for text, weight in counts.items() if weight > 0]
    return sorted(letters, key=lambda letter: (_rank(letter), letter.text))


def votes_of(letter: Letter) -> float:
    """The say of a text in a vote: 1 + log2 of its copies, so that one much-copied letter cannot fix its own slots."""
    return 1 + math.log2(letter.weight)


def _rank(letter: Letter) -> float:
    digest = blake2b(letter.text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    uniform = (int.from_bytes(digest, "big") + 1) / (2**64 + 1)
    return -math.log(uniform) / votes_of(letter)
