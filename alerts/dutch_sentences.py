"""Alerts keep their sentences in English; here is the same sentence for a Dutch reader."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from alerts.strict import read_toml, strict


class _File(msgspec.Struct, frozen=True):
    sentences: tuple[tuple[str, str], ...]
    clauses: tuple[tuple[str, str], ...]


Patterns = tuple[tuple[re.Pattern[str], str], ...]


def _patterns(pairs: Sequence[tuple[str, str]]) -> Patterns:
    """The longer sentence first, so that one that ends where another begins does not take its place."""
    longest = sorted(pairs, key=lambda pair: -len(pair[0]))
    return tuple((re.compile(re.escape(english).replace(r"\{\}", "(.+?)")), dutch) for english, dutch in longest)


_PATH = Path(__file__).with_suffix(".toml")
_FILE = strict(read_toml(_PATH), _File, where=_PATH.name)
_SENTENCES, _CLAUSES = _patterns(_FILE.sentences), _patterns(_FILE.clauses)


@lru_cache(maxsize=4096)
def dutch(sentence: str) -> str:
    """A reason, limit or line of history of an alert in Dutch; as it is when it is none of ours."""
    return _translated(sentence, _SENTENCES) or _change(sentence) or sentence


def _change(summary: str) -> str | None:
    """What changed, clause by clause, as in `+3 messages, now 11; q 1e-05 to 1e-07.`"""
    clauses = summary.removesuffix(".").split("; ")
    lowered = [clauses[0][0].lower() + clauses[0][1:] if clauses[0] else "", *clauses[1:]]
    said = [_translated(clause, _CLAUSES) for clause in lowered]
    if not all(said):
        return None
    line = "; ".join(clause for clause in said if clause)
    return line[0].upper() + line[1:] + "."


def _translated(text: str, patterns: Patterns) -> str | None:
    for pattern, target in patterns:
        match = pattern.fullmatch(text)
        if match:
            return target.format(*match.groups())
    return None
