"""What a report is made of: everything that was counted, found and not covered in one period."""

from datetime import date, datetime

import msgspec

from alerts.alert import Alert
from alerts.outcome import FindingStatus
from alerts.registry import Campaign
from alerts.rules import Rule
from analysis import Finding, Narrative
from ingest import Coverage, Kind


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One group counted twice: `messages` counts weight; `once` counts each family as one. `name` None: not stated."""

    name: str | None
    messages: int
    once: int


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """Messages (by weight) published on one day of the report's zone: in families of any standing, and outside."""

    day: date
    inside: int
    outside: int


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a period, each twice. `total` and the groups of each breakdown sum to the same figures."""

    records: int
    total: Count
    by_kind: tuple[Count, ...]
    by_language: tuple[Count, ...]
    by_channel: tuple[Count, ...]
    by_source: tuple[Count, ...]
    days: tuple[Day, ...]
    undated: int


class FamilyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One finding and what became of it."""

    finding: Finding
    status: FindingStatus


class ErrorRate(msgspec.Struct, frozen=True, kw_only=True):
    """One measured figure of the method: what was measured, on which data, and what came out."""

    measured: str
    data: str
    figure: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How the file of one source was read, in words: its kind, its format, and the rule for its times."""

    source: str
    kind: Kind
    format: str
    times: str


class ReportData(msgspec.Struct, frozen=True, kw_only=True):
    """All of a report. `period_start` and `period_end` and `generated_at` are aware UTC; `zone` is how they are shown.

    `lang` is "nl" or "en". `version` is Stemwacht's. `families`, `networks` and `bursts` hold every finding, whatever
    became of it; `pairs_tested` are pairs of accounts, and `activity_notes` what could not be judged of them.
    `rules` are those that judged the alerts: they know titles and steps in both languages. `declared` is the registry.
    `contact` is where questions and replies go. `covered` is the time that `coverage` is of; None: all that was read.
    """

    title: str
    lang: str
    generated_at: datetime
    version: str
    tally: Tally
    period_start: datetime | None = None
    period_end: datetime | None = None
    coverage: tuple[Coverage, ...] = ()
    families: tuple[FamilyRow, ...] = ()
    networks: tuple[FamilyRow, ...] = ()
    bursts: tuple[FamilyRow, ...] = ()
    pairs_tested: int = 0
    activity_notes: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    declared: tuple[Campaign, ...] = ()
    error_rates: tuple[ErrorRate, ...] = ()
    notes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    publisher: str | None = None
    contact: str | None = None
    zone: str = "Europe/Amsterdam"
    readings: tuple[Reading, ...] = ()
    covered: tuple[datetime, datetime] | None = None
