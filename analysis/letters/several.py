"""A family that holds several letters: split it by which template each letter follows."""

from collections.abc import Sequence

from analysis.finding import Template
from analysis.letters.alignment import PreparedTemplate, align, prepare
from analysis.letters.sampling import Letter, distinct_letters, votes_of
from analysis.letters.template import recover_template
from analysis.letters.tokens import read_words

_HEAD = 120
_LINKED = 0.1
_FOLLOWS = 0.5
_MAX_TEMPLATES = 12


def recover_templates(
    texts: Sequence[str],
    *,
    weights: Sequence[int] | None = None,
    sample: int = 40,
    support: float = 0.8,
    min_letters: int = 5,
) -> list[Template]:
    """The templates of a family, the one with most letters first; empty when there is none.

    Each round links letters of a sample that share a tenth of their word-3 shingles, recovers the template of the
    largest linked group, and goes on with the letters that hold less than half of its fixed words. In the end every
    letter goes to the template that it follows best, and each is recovered again from its own letters.
    """
    letters = distinct_letters(texts, weights)
    found = _draft_templates(letters, sample, support, min_letters)
    shares: list[list[Letter]] = [[] for _ in found]
    for letter in letters:
        readings = [align(template, letter.text).coverage for template in found]
        if readings and max(readings) >= _FOLLOWS:
            shares[readings.index(max(readings))].append(letter)
    templates = [_recover(share, sample, support) for share in shares]
    kept = [template for template in templates if template and template.letters >= min_letters]
    return sorted(kept, key=lambda template: (-template.letters, str(template.parts)))


def _draft_templates(
    letters: Sequence[Letter], sample: int, support: float, min_letters: int
) -> list[PreparedTemplate]:
    """One template a round, from the largest linked group of what no earlier template explains."""
    pool = list(letters)
    found: list[PreparedTemplate] = []
    for _ in range(_MAX_TEMPLATES):
        if sum(letter.weight for letter in pool) < min_letters:
            break
        group = _largest_group(pool[:_HEAD])
        template = _recover(group, sample, support)
        if template is None:
            pool = _without(pool, group)
            continue
        prepared = prepare(template)
        if not _repeats(template, found):
            found.append(prepared)
        rest = [letter for letter in pool if align(prepared, letter.text).coverage < _FOLLOWS]
        pool = rest if len(rest) < len(pool) else _without(pool, group)
    return found


def _recover(letters: Sequence[Letter], sample: int, support: float) -> Template | None:
    texts, weights = [letter.text for letter in letters], [letter.weight for letter in letters]
    return recover_template(texts, weights=weights, sample=sample, support=support)


def _without(pool: Sequence[Letter], group: Sequence[Letter]) -> list[Letter]:
    gone = {letter.text for letter in group}
    return [letter for letter in pool if letter.text not in gone]


def _repeats(template: Template, earlier: Sequence[PreparedTemplate]) -> bool:
    """Whether a template's fixed text is largely another's: the same letter, edited."""
    text = " ".join(part for part in template.parts if isinstance(part, str))
    size = max(len(read_words(text).keys), 1)
    return any(align(other, text).coverage * len(other.ref.keys) >= _FOLLOWS * size for other in earlier)


def _largest_group(letters: Sequence[Letter]) -> list[Letter]:
    """The linked group with most votes; of equals the one with the earliest letter."""
    shingles = [_shingles(letter.text) for letter in letters]
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


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    keys = read_words(text).keys
    return frozenset(zip(keys, keys[1:], keys[2:], strict=False))


def _linked(one: frozenset[tuple[str, ...]], two: frozenset[tuple[str, ...]]) -> bool:
    return len(one & two) >= max(_LINKED * min(len(one), len(two)), 1)
