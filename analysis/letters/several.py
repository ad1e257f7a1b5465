"""A family that holds several letters: split it by which template each letter follows."""

from collections.abc import Sequence

import msgspec

from analysis.finding import Template
from analysis.letters.alignment import PreparedTemplate, prepare
from analysis.letters.following import FOLLOWS, best_followed, coverage, follows
from analysis.letters.readings import Readings
from analysis.letters.sampling import Letter, distinct_letters, votes_of
from analysis.letters.template import recover_template

_HEAD = 120
_LINKED = 0.1
_MAX_TEMPLATES = 12


class _Draft(msgspec.Struct, frozen=True):
    """A template with the letters it was recovered from."""

    prepared: PreparedTemplate
    letters: frozenset[Letter]


def recover_templates(
    texts: Sequence[str],
    *,
    weights: Sequence[int] | None = None,
    sample: int = 40,
    support: float = 0.8,
    min_letters: int = 5,
    readings: Readings | None = None,
) -> list[Template]:
    """The templates of a family, the one with most letters first; empty when there is none.

    Each round links letters of a sample that share a tenth of their word-3 shingles, recovers the template of the
    largest linked group, and goes on with the letters that hold less than half of its fixed words. In the end every
    letter goes to the template that it follows best, and each is recovered again from its own letters. Pass
    `readings` where the letters are read again elsewhere.
    """
    letters = distinct_letters(texts, weights)
    readings = readings or Readings()
    found = _draft_templates(letters, sample, support, min_letters, readings)
    shares: list[list[Letter]] = [[] for _ in found]
    for letter in letters:
        followed = best_followed([draft.prepared for draft in found], letter.text, readings, least=FOLLOWS)
        if followed is not None:
            shares[followed].append(letter)
    templates = [
        draft.prepared.template if draft.letters == set(share) else _recover(share, sample, support, readings)
        for draft, share in zip(found, shares, strict=True)
    ]
    kept = [template for template in templates if template and template.letters >= min_letters]
    return sorted(kept, key=lambda template: (-template.letters, str(template.parts)))


def _draft_templates(
    letters: Sequence[Letter], sample: int, support: float, min_letters: int, readings: Readings
) -> list[_Draft]:
    """One template a round, from the largest linked group of what no earlier template explains."""
    pool = list(letters)
    found: list[_Draft] = []
    for _ in range(_MAX_TEMPLATES):
        if sum(letter.weight for letter in pool) < min_letters:
            break
        group = _largest_group(pool[:_HEAD], readings)
        template = _recover(group, sample, support, readings)
        if template is None:
            pool = _without(pool, group)
            continue
        prepared = prepare(template)
        if not _repeats(template, found):
            found.append(_Draft(prepared, frozenset(group)))
        rest = [letter for letter in pool if not follows(prepared, letter.text, readings)]
        pool = rest if len(rest) < len(pool) else _without(pool, group)
    return found


def _recover(letters: Sequence[Letter], sample: int, support: float, readings: Readings) -> Template | None:
    texts, weights = [letter.text for letter in letters], [letter.weight for letter in letters]
    return recover_template(texts, weights=weights, sample=sample, support=support, readings=readings)


def _without(pool: Sequence[Letter], group: Sequence[Letter]) -> list[Letter]:
    gone = {letter.text for letter in group}
    return [letter for letter in pool if letter.text not in gone]


def _repeats(template: Template, earlier: Sequence[_Draft]) -> bool:
    """Whether a template's fixed text is largely another's: the same letter, edited."""
    text = " ".join(part for part in template.parts if isinstance(part, str))
    readings = Readings()
    size = max(len(readings.words(text).keys), 1)
    others = [draft.prepared for draft in earlier]
    return any(coverage(other, text, readings) * len(other.ref.keys) >= FOLLOWS * size for other in others)


def _largest_group(letters: Sequence[Letter], readings: Readings) -> list[Letter]:
    """The linked group with most votes; of equals the one with the earliest letter."""
    shingles = [_shingles(readings.words(letter.text).keys) for letter in letters]
    group = list(range(len(letters)))
    for one in range(len(letters)):
        for two in range(one):
            if group[one] != group[two] and _linked(shingles[one], shingles[two]):
                old, new = max(group[one], group[two]), min(group[one], group[two])
                group = [new if label == old else label for label in group]
    votes: dict[int, float] = {}
    for label, letter in zip(group, letters, strict=True):
        votes[label] = votes.get(label, 0.0) + votes_of(letter)
    best = min(votes, key=lambda label: (-votes[label], label))
    return [letter for label, letter in zip(group, letters, strict=True) if label == best]


def _shingles(keys: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(keys, keys[1:], keys[2:], strict=False))


def _linked(one: frozenset[tuple[str, ...]], two: frozenset[tuple[str, ...]]) -> bool:
    return len(one & two) >= max(_LINKED * min(len(one), len(two)), 1)
