"""How a template is written: the usual spelling of its words and the usual punctuation between them."""

from collections.abc import Sequence

import msgspec

from analysis.letters.matching import Reference
from analysis.letters.readings import Readings
from analysis.letters.sampling import Letter, votes_of
from analysis.letters.tokens import Words

Ballot = dict[str, float]


class Wording(msgspec.Struct, frozen=True):
    """Fixed words as most letters write them; per gap the text joining them, and the text either side of a value."""

    words: tuple[str, ...]
    joined: tuple[str | None, ...]
    before_value: tuple[str | None, ...]
    after_value: tuple[str | None, ...]


def wording(ref: Reference, letters: Sequence[Letter], readings: Readings) -> Wording:
    """Let the letters vote on spelling and punctuation; None where no letter has a say."""
    size = len(ref.keys)
    words = _ballots(size)
    joined, before, after = _ballots(size + 1), _ballots(size + 1), _ballots(size + 1)
    for letter in letters:
        found, order = readings.match(ref, letter.text)
        at = found if order is None else [-1 if place < 0 else order[place] for place in found]
        _vote(readings.words(letter.text), at, votes_of(letter), words, (joined, before, after))
    return Wording(
        tuple(_winner(ballot) or key for ballot, key in zip(words, ref.keys, strict=True)),
        tuple(map(_winner, joined)),
        tuple(map(_winner, before)),
        tuple(map(_winner, after)),
    )


def joints(surface: Wording, place: int, *, is_slot: bool) -> tuple[str, str]:
    """The punctuation before and after the value of a slot; for a plain gap all of it comes first."""
    first, last = place == 0, place == len(surface.words)
    if not is_slot:
        plain = surface.joined[place]
        text = plain if plain is not None else (surface.before_value[place] or " ")
        return (text.lstrip() if first else text.rstrip() if last else text), ""
    left, right = surface.before_value[place] or "", surface.after_value[place] or ""
    return ("" if first else left or " "), ("" if last else right or " ")


def _vote(read: Words, at: Sequence[int], votes: float, words: list[Ballot], gaps: tuple[list[Ballot], ...]) -> None:
    joined, before, after = gaps
    text, spans = read.text, read.spans
    for place, index in enumerate(at):
        if index < 0:
            continue
        start, end = spans[index]
        _cast(words[place], text[start:end], votes)
        left = text[spans[index - 1][1] : start] if index else text[:start]
        right = text[end : spans[index + 1][0]] if index + 1 < len(spans) else text[end:]
        previous = at[place - 1] if place else -1
        following = at[place + 1] if place + 1 < len(at) else len(spans)
        _cast((joined if previous == index - 1 else after)[place], left, votes)
        if following != index + 1:
            _cast(before[place + 1], right, votes)
        elif place + 1 == len(at):
            _cast(joined[place + 1], right, votes)


def _ballots(size: int) -> list[Ballot]:
    return [{} for _ in range(size)]


def _cast(ballot: Ballot, text: str, votes: float) -> None:
    ballot[text] = ballot.get(text, 0.0) + votes


def _winner(ballot: Ballot) -> str | None:
    return max(ballot, key=lambda text: (ballot[text], text)) if ballot else None
