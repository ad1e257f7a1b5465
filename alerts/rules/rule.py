"""One rule: when a finding becomes an alert, what is checked first, and what a person does with it."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from analysis import Relation
from ingest import Kind

MIN_SHOWN = 5
"""The least number of messages that anything shown may stand for: below it, a phenomenon is a person."""

_NOUNS: dict[str, dict[Kind | None, str]] = {
    "en": {"letter": "letters", "post": "posts", None: "messages"},
    "nl": {"letter": "brieven", "post": "posts", None: "berichten"},
}


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What the rule says in one language; `title` may use {messages}, {kind} and {languages}."""

    title: str
    looks_for: str
    triage: tuple[str, ...]
    known_false_positives: tuple[str, ...]
    limits: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """When a finding becomes an alert.

    It covers findings of `detectors` whose text axis is among `relations`. A benign check in `holds_back` that the
    evidence supports means no alert ("explained"); one in `informs` is only told. `q_max` is the largest q-value,
    after Benjamini-Hochberg. `disarm` are technique ids of the DISARM release `disarm_version`.
    """

    id: str
    version: str
    detectors: tuple[Literal["families", "letters"], ...]
    relations: tuple[Relation, ...]
    nl: Wording
    en: Wording
    holds_back: tuple[str, ...]
    informs: tuple[str, ...]
    disarm: tuple[str, ...]
    references: tuple[str, ...]
    q_max: Annotated[float, Meta(gt=0, le=0.05)] = 0.01
    min_messages: Annotated[int, Meta(ge=MIN_SHOWN)] = MIN_SHOWN
    min_senders: Annotated[int, Meta(ge=2)] = 3
    disarm_version: str = "1.6"

    def wording(self, language: str) -> Wording:
        """The wording in Dutch for "nl", in English for every other language."""
        return self.nl if language == "nl" else self.en


def rule_for(rules: Sequence[Rule], detector: str, relation: str) -> Rule | None:
    """The rule that covers this detector's findings with this text axis; None when none does."""
    covering = (rule for rule in rules if detector in rule.detectors and relation in rule.relations)
    return min(covering, key=lambda rule: rule.id, default=None)


def title(rule: Rule, *, messages: int, kind: Kind | None, languages: int, language: str = "en") -> str:
    """The alert's title in words, Dutch or English; the number leads."""
    spoken = "nl" if language == "nl" else "en"
    return rule.wording(spoken).title.format(messages=messages, kind=_NOUNS[spoken][kind], languages=languages)
