"""A judged finding as an alert, every field filled."""

import hashlib
from collections.abc import Container, Sequence
from datetime import datetime
from typing import Literal

from alerts.alert import Alert, Axes, Corroboration
from alerts.confidence import confidence, in_words
from alerts.evidence import EVIDENCE_CAP, evidence_of, examples
from alerts.judging import Judged
from alerts.rules import Rule, title
from alerts.shown import shown
from alerts.timing import timeline, timing
from alerts.unjudged import not_judged
from analysis import Finding
from ingest import Coverage, Gap, Kind, Message

_AS_FOUND = (
    "detector",
    "detector_version",
    "chance",
    "messages",
    "texts",
    "senders",
    "peak",
    "shared",
    "differs",
    "umbrella",
    "network",
    "burst",
)
Texts = Literal["unique", "copy", "template", "paraphrase", "translation"]


def alert_id(finding_id: str, rule_id: str) -> str:
    """The id that follows from family and rule: "a_" and 20 hex digits of SHA-256."""
    return "a_" + hashlib.sha256(f"{finding_id}\n{rule_id}".encode()).hexdigest()[:20]


def free_id(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or the next id that follows from it when an alert of another family already bears it."""
    while wanted in taken:
        wanted = "a_" + hashlib.sha256(wanted.encode()).hexdigest()[:20]
    return wanted


def build(
    judged: Judged,
    rule: Rule,
    coverage: Sequence[Coverage],
    *,
    also: Sequence[Judged] = (),
    legal_basis: str | None = None,
    recipients: Sequence[str] = (),
) -> Alert:
    """The alert as the finding stands now, open and without history; the same finding gives the same alert.

    `also` are findings of other detectors on the same campaign.
    """
    finding, messages = judged.finding, judged.messages
    gaps = coverage_gaps(finding, coverage)
    timing_axis = timing(messages)
    timed = timing_axis != "unknown"
    sure = confidence(finding, judged.relation, judged.status.benign, times_known=timed, gaps=len(gaps), also=len(also))
    kind = kind_of(messages)
    return Alert(
        id=alert_id(finding.id, rule.id),
        title=title(
            rule,
            messages=finding.messages,
            kind=kind,
            languages=len(finding.languages),
            senders=finding.senders,
            objects=len(finding.network.objects) if finding.network else 0,
        ),
        kind=kind,
        status="open",
        rule=rule.id,
        rule_version=rule.version,
        finding_id=finding.id,
        **{name: getattr(finding, name) for name in _AS_FOUND},
        template=shown(finding.template),
        axes=Axes(text=_text_axis(judged, also), campaign="undeclared", identity="unknown", timing=timing_axis),
        window_start=finding.first,
        window_end=finding.last,
        sources=_most_first(finding.sources),
        channels=_most_first(finding.channels),
        languages=_most_first(finding.languages),
        timeline=timeline(messages),
        examples=examples(finding, messages),
        evidence=evidence_of((judged, *also)),
        corroboration=tuple(_corroboration(other) for other in also),
        benign=judged.status.benign,
        confidence=sure,
        confidence_word=in_words(sure),
        disarm=rule.disarm,
        triage=rule.en.triage,
        known_false_positives=rule.en.known_false_positives,
        coverage_gaps=gaps,
        not_judged=not_judged(finding, messages, rule, evidence_cap=EVIDENCE_CAP),
        legal_basis=legal_basis,
        recipients=tuple(recipients),
    )


def alert_title(alert: Alert, rule: Rule, language: str = "en") -> str:
    """The title of an alert in Dutch ("nl") or English, by the rule that judged it."""
    return title(
        rule,
        messages=alert.messages,
        kind=alert.kind,
        languages=len(alert.languages),
        senders=alert.senders,
        objects=len(alert.network.objects) if alert.network else 0,
        language=language,
    )


def _text_axis(judged: Judged, also: Sequence[Judged]) -> Texts:
    """What the texts are: accounts that act together may each write their own, unless a family says otherwise."""
    told = (item.relation for item in (judged, *also))
    return next((relation for relation in told if relation != "co-share" and relation != "activity"), "unique")  # noqa: PLR1714 - narrows the type


def _corroboration(judged: Judged) -> Corroboration:
    finding = judged.finding
    return Corroboration(
        finding_id=finding.id,
        detector=finding.detector,
        detector_version=finding.detector_version,
        rule=judged.rule.id if judged.rule else "",
        chance=finding.chance,
        messages=finding.messages,
        senders=finding.senders,
        network=finding.network,
        burst=finding.burst,
    )


def coverage_gaps(finding: Finding, coverage: Sequence[Coverage]) -> tuple[Gap, ...]:
    """The gaps of the finding's own sources that touch its window, or whose window is not known."""
    own = {source for source, _ in finding.sources}
    gaps = [gap for ledger in coverage if ledger.source in own for gap in ledger.gaps if _touches(finding, gap)]
    return tuple(sorted(set(gaps), key=lambda gap: (gap.source, str(gap.start), str(gap.end), gap.reason)))


def kind_of(messages: Sequence[Message]) -> Kind | None:
    """Letter or post when all are the same, else None."""
    kinds = {message.kind for message in messages}
    return next(iter(kinds)) if len(kinds) == 1 else None


def _touches(finding: Finding, gap: Gap) -> bool:
    return _before(gap.start, finding.last) and _before(finding.first, gap.end)


def _before(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or one <= other


def _most_first(counts: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))
