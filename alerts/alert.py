"""The alert: a finding that a person should look at, with all that is needed to check it."""

from datetime import datetime
from typing import Literal

import msgspec

from analysis import Burst, Chance, Network, Relation, Template
from ingest import Gap, Kind

Status = Literal["open", "acknowledged", "confirmed", "dismissed"]
Event = Literal[
    "raised",
    "updated",
    "merged",
    "reconciled",
    "withdrawn",
    "acknowledged",
    "confirmed",
    "dismissed",
    "reopened",
    "replied",
]


class Axes(msgspec.Struct, frozen=True, kw_only=True):
    """Four axes instead of a verdict."""

    text: Literal["unique", "copy", "template", "paraphrase", "translation"]
    campaign: Literal["declared", "undeclared", "unknown"]
    identity: Literal["confirmed", "disputed", "unknown"]
    timing: Literal["ordinary", "burst", "unknown"]


class BenignCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One innocent explanation that was looked at: does the evidence speak for it?"""

    name: str
    verdict: Literal["supported", "not supported", "could not be judged"]
    reason: str


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the alert; `text_sha256` is of its text as read, so that a copy can be checked against it."""

    message_id: str
    text_sha256: str
    relation: Relation
    similarity: float
    published: datetime | None
    source: str


class Corroboration(msgspec.Struct, frozen=True, kw_only=True):
    """Another finding of the same campaign, seen by another detector: its own statistic, and what it saw."""

    finding_id: str
    detector: str
    detector_version: str
    rule: str
    chance: Chance
    messages: int
    senders: int | None
    network: Network | None = None
    burst: Burst | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an alert's history: when, what, by whom, why. `by` is "stemwacht" or a reviewer's name.

    Where those concerned replied, `reason` is what they said.
    """

    at: datetime
    event: Event
    summary: str
    by: str = "stemwacht"
    reason: str | None = None


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """What a person checks. Times are aware UTC.

    `id` follows from the family and the rule. `messages` counts weight; the same campaign counted once per family is
    1. `peak` is the most messages within one hour. `confidence` is 0 to 100 and `confidence_word` says it on the scale
    of estimative language. `examples` are two texts as read, scrubbed. `timeline` is (start of day or hour, messages).
    `not_judged` says what the data did not allow. `reply` is the latest answer of those concerned. `network` or
    `burst` is what a detector of accounts saw; `corroboration` are findings of other detectors on the same campaign,
    whose messages stand in `evidence` as well.
    """

    id: str
    title: str
    kind: Kind | None = None
    status: Status
    rule: str
    rule_version: str
    detector: str
    detector_version: str
    finding_id: str
    axes: Axes
    chance: Chance
    window_start: datetime | None
    window_end: datetime | None
    sources: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    messages: int
    texts: int
    senders: int | None
    peak: int | None
    timeline: tuple[tuple[datetime, int], ...]
    shared: tuple[str, ...]
    differs: tuple[str, ...]
    examples: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    benign: tuple[BenignCheck, ...]
    confidence: int
    confidence_word: str
    disarm: tuple[str, ...]
    triage: tuple[str, ...]
    known_false_positives: tuple[str, ...]
    coverage_gaps: tuple[Gap, ...] = ()
    not_judged: tuple[str, ...] = ()
    template: Template | None = None
    network: Network | None = None
    burst: Burst | None = None
    corroboration: tuple[Corroboration, ...] = ()
    aliases: tuple[str, ...] = ()
    umbrella: str | None = None
    attribution: str = "none assessed"
    legal_basis: str | None = None
    recipients: tuple[str, ...] = ()
    reply: str | None = None
    history: tuple[Change, ...] = ()
