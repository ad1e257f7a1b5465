"""The word lists by language; a message of another or of no known language is read with all of them."""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

import msgspec

from alerts.strict import read_toml, strict

Run = tuple[str, ...]
Entries = dict[str, tuple[str, ...]]


class _File(msgspec.Struct, frozen=True):
    attribution: Entries
    polite: Entries
    function: Entries
    call: Entries
    stance: Entries
    person: Entries
    provision: Entries
    negation: Entries
    opposite: dict[str, tuple[tuple[str, str], ...]]


class WordList(msgspec.Struct, frozen=True):
    """Runs of words per language."""

    by_language: Mapping[str, Set[Run]]
    every: Set[Run]

    def of(self, language: str | None) -> Set[Run]:
        """The runs of this language, those of every language when it has no list."""
        return self.by_language.get(language or "", self.every)


def holds(sequence: Sequence[str], runs: Set[Run]) -> bool:
    """Whether one of the runs, of at most four words, stands in the sequence of words."""
    return any(tuple(sequence[at : at + size]) in runs for size in (1, 2, 3, 4) for at in range(len(sequence)))


def _list(entries: Entries) -> WordList:
    by_language = {code: frozenset(tuple(entry.split()) for entry in words) for code, words in entries.items()}
    return WordList(by_language, frozenset().union(*by_language.values()))


def _pairs(entries: dict[str, tuple[tuple[str, str], ...]]) -> WordList:
    by_language = {
        code: frozenset((*pairs, *((other, one) for one, other in pairs))) for code, pairs in entries.items()
    }
    return WordList(by_language, frozenset().union(*by_language.values()))


_PATH = Path(__file__).with_suffix(".toml")
_FILE = strict(read_toml(_PATH), _File, where=_PATH.name)

ATTRIBUTION = _list(_FILE.attribution)
POLITE = _list(_FILE.polite)
FUNCTION = _list(_FILE.function)
CALL = _list(_FILE.call)
STANCE = _list(_FILE.stance)
PERSON = _list(_FILE.person)
PROVISION = _list(_FILE.provision)
NEGATION = _list(_FILE.negation)
OPPOSITE = _pairs(_FILE.opposite)
