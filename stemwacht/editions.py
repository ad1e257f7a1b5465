"""What was read and found, as the edition that is published."""

from collections.abc import Sequence
from datetime import datetime

from alerts import Outcome
from alerts.report import Reading
from ingest import Coverage, Message
from stemwacht import alerting
from stemwacht.analysing import Analysis
from stemwacht.config import Settings
from stemwacht.publishing import Edition


def edition_of(
    messages: Sequence[Message],
    analysis: Analysis,
    outcome: Outcome,
    coverage: Sequence[Coverage],
    settings: Settings,
    *,
    notes: tuple[str, ...],
    title: str,
    now: datetime,
    readings: Sequence[Reading] = (),
    covered: tuple[datetime, datetime] | None = None,
) -> Edition:
    """The edition, in the language and under the names that the settings give; `readings` say how files were read.

    `covered` is the time that the coverage is of, where it is not all that was read.
    """
    return Edition(
        messages=messages,
        findings=analysis.findings,
        activity=analysis.activity,
        narratives=analysis.narratives,
        outcome=outcome,
        coverage=coverage,
        rules=alerting.rules(settings),
        registry=alerting.registry(settings),
        notes=notes,
        lang=settings.report.lang,
        title=title,
        publisher=settings.report.publisher,
        contact=settings.report.contact,
        feed_url=settings.report.feed_url,
        zone=settings.ingest.zone,
        now=now,
        readings=tuple(readings),
        covered=covered,
    )
