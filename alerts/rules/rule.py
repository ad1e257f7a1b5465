"""One rule: when a finding becomes an alert, what is checked first, and what a person does with it."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from analysis import Finding, Relation, Subject
from ingest import Kind

MIN_SHOWN = 5
"""The least number of messages that anything shown may stand for: below it, a phenomenon is a person."""

_NOUNS: dict[str, dict[Kind | None, str]] = {
    "en": {"letter": "letters", "post": "posts", "share": "shares", None: "messages"},
    "nl": {"letter": "brieven", "post": "posts", "share": "doorplaatsingen", None: "berichten"},
}


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What the rule says in one language; `title` may use {messages}, {kind}, {languages}, {senders} and {objects}."""

    title: str
    looks_for: str
    triage: tuple[str, ...]
    known_false_positives: tuple[str, ...]
    limits: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """When a finding becomes an alert.

    It covers findings of `detectors` whose relation as a whole is among `relations`; of bursts, where it names
    `subjects`, those of such a subject. A benign check in `holds_back` that the
    evidence supports means no alert ("explained"); one in `informs` is only told. `q_max` is the largest q-value,
    after Benjamini-Hochberg. `disarm` are technique ids of the DISARM release `disarm_version`.
    """

    id: str
    version: str
    detectors: tuple[Literal["families", "letters", "sharing", "bursts"], ...]
    relations: tuple[Relation, ...]
    nl: Wording
    en: Wording
    holds_back: tuple[str, ...]
    informs: tuple[str, ...]
    disarm: tuple[str, ...]
    references: tuple[str, ...]
    subjects: tuple[Subject, ...] = ()
    q_max: Annotated[float, Meta(gt=0, le=0.05)] = 0.01
    min_messages: Annotated[int, Meta(ge=MIN_SHOWN)] = MIN_SHOWN
    min_senders: Annotated[int, Meta(ge=2)] = 3
    disarm_version: str = "1.6"

    def wording(self, language: str) -> Wording:
        """The wording in Dutch for "nl", in English for every other language."""
        return self.nl if language == "nl" else self.en


def rule_for(rules: Sequence[Rule], finding: Finding, relation: str) -> Rule | None:
    """The rule that covers this finding, which as a whole has this relation; None when none does."""
    subject = finding.burst.subject if finding.burst else None
    covering = (
        rule
        for rule in rules
        if finding.detector in rule.detectors
        and relation in rule.relations
        and (not rule.subjects or subject in rule.subjects)
    )
    return min(covering, key=lambda rule: rule.id, default=None)


def title(
    rule: Rule,
    *,
    messages: int,
    kind: Kind | None,
    languages: int,
    senders: int | None = None,
    objects: int = 0,
    language: str = "en",
) -> str:
    """The alert's title in words, Dutch or English; the number leads."""
    spoken = "nl" if language == "nl" else "en"
    return rule.wording(spoken).title.format(
        messages=messages,
        kind=_NOUNS[spoken][kind],
        languages=languages,
        senders="?" if senders is None else senders,
        objects=objects,
    )
