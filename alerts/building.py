"""A judged finding as an alert, every field filled."""

import hashlib
from collections.abc import Container, Sequence
from datetime import datetime

from alerts.alert import Alert, Axes, Evidence
from alerts.confidence import confidence, in_words
from alerts.judging import Judged
from alerts.rules import Rule, title
from alerts.shown import shown
from alerts.timing import moment, timeline, timing
from alerts.unjudged import not_judged
from analysis import Finding, mask_names
from ingest import Coverage, Gap, Kind, Message

EVIDENCE_CAP = 5000
EXAMPLE_CHARS = 600
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
)


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
    legal_basis: str | None = None,
    recipients: Sequence[str] = (),
) -> Alert:
    """The alert as the finding stands now, open and without history; the same finding gives the same alert."""
    finding, messages = judged.finding, judged.messages
    gaps = coverage_gaps(finding, coverage)
    timing_axis = timing(messages)
    timed = timing_axis != "unknown"
    sure = confidence(finding, judged.relation, judged.status.benign, times_known=timed, gaps=len(gaps))
    kind = kind_of(messages)
    return Alert(
        id=alert_id(finding.id, rule.id),
        title=title(rule, messages=finding.messages, kind=kind, languages=len(finding.languages)),
        kind=kind,
        status="open",
        rule=rule.id,
        rule_version=rule.version,
        finding_id=finding.id,
        **{name: getattr(finding, name) for name in _AS_FOUND},
        template=shown(finding.template),
        axes=Axes(text=judged.relation, campaign="undeclared", identity="unknown", timing=timing_axis),
        window_start=finding.first,
        window_end=finding.last,
        sources=_most_first(finding.sources),
        channels=_most_first(finding.channels),
        languages=_most_first(finding.languages),
        timeline=timeline(messages),
        examples=examples(finding, messages),
        evidence=evidence(finding, messages),
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
    return title(rule, messages=alert.messages, kind=alert.kind, languages=len(alert.languages), language=language)


def evidence(finding: Finding, messages: Sequence[Message]) -> tuple[Evidence, ...]:
    """Every member whose message is at hand, oldest first, `EVIDENCE_CAP` at most."""
    by_id = {message.id: message for message in messages}
    rows = [
        Evidence(
            message_id=member.message_id,
            text_sha256=hashlib.sha256(by_id[member.message_id].text.encode("utf-8", "surrogatepass")).hexdigest(),
            relation=member.relation,
            similarity=round(member.similarity, 4),
            published=moment(by_id[member.message_id]),
            source=by_id[member.message_id].source,
        )
        for member in finding.members
        if member.message_id in by_id
    ]
    return tuple(sorted(rows, key=lambda row: (row.published is None, row.published, row.message_id))[:EVIDENCE_CAP])


def examples(finding: Finding, messages: Sequence[Message]) -> tuple[str, ...]:
    """Two texts as read: the medoid, and of the other wordings the one least like its neighbour.

    Names of persons that a trained pipeline finds are masked, where one is installed for the family's language.
    """
    by_id = {message.id: message.text for message in messages}
    central = by_id.get(finding.medoid_id)
    ranked = sorted(finding.members, key=lambda member: (member.similarity, member.message_id))
    others = [by_id[member.message_id] for member in ranked if member.message_id in by_id]
    chosen = [central] if central is not None else others[-1:]
    chosen += [text for text in others if text not in chosen][:1]
    language = finding.languages[0][0] if finding.languages else "und"
    return tuple(_cut(mask_names(text, language)) for text in chosen)


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


def _cut(text: str) -> str:
    if len(text) <= EXAMPLE_CHARS:
        return text
    return text[: EXAMPLE_CHARS - 1].rsplit(None, 1)[0] + " …"


def _most_first(counts: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))
