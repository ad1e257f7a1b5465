"""What leaves the house: report, feeds and working files, each written whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from alerts import Alert, Campaign, FindingStatus, Outcome, Rule
from alerts.export import alerts_json, families_csv, letters_json, replacing, sharing_csv
from alerts.feed import atom, json_feed
from alerts.report import ERROR_RATES, FamilyRow, Reading, ReportData, render_html, render_pdf, tally
from analysis import Finding, Narrative
from ingest import Coverage, Message
from stemwacht import __version__
from stemwacht.activity import Activity

TITLES = {"en": "Integrity report", "nl": "Integriteitsrapport"}
FEEDS = ("feed.atom", "feed.json")
PUBLISHED = ("report.html", "report.pdf", "families.csv", "sharing.csv", "letters.json", "alerts.json", *FEEDS)
FEED_ID = "urn:x-stemwacht:alerts"


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one edition of the report, the feeds and the exports is made from."""

    messages: Sequence[Message]
    findings: Sequence[Finding]
    activity: Activity
    narratives: Sequence[Narrative]
    outcome: Outcome
    coverage: Sequence[Coverage]
    rules: tuple[Rule, ...]
    registry: tuple[Campaign, ...]
    notes: tuple[str, ...]
    lang: str
    title: str
    publisher: str
    contact: str
    feed_url: str
    zone: str
    now: datetime
    readings: tuple[Reading, ...] = ()
    covered: tuple[datetime, datetime] | None = None


def publish(edition: Edition, out: Path) -> list[Path]:
    """Write report.html, report.pdf, feeds and exports into `out`; return what was written."""
    clear_unfinished(out, (*PUBLISHED, "run.json"))
    data = report_data(edition)
    current = edition.outcome.current
    write(out / "report.html", render_html(data).encode())
    write(out / "report.pdf", render_pdf(data))
    families_csv.write(out / "families.csv", edition.messages, edition.findings, edition.narratives)
    sharing = edition.activity.sharing
    sharing_csv.write(out / "sharing.csv", sharing.ties, sharing.findings)
    letters_json.write(out / "letters.json", edition.findings)
    alerts_json.write(out / "alerts.json", current)
    write_feeds(
        current,
        out,
        title=edition.title,
        feed_url=edition.feed_url,
        contact=edition.contact,
        lang=edition.lang,
        rules=edition.rules,
        updated=edition.now,
    )
    return [out / name for name in PUBLISHED]


def clear_unfinished(out: Path, names: Iterable[str]) -> None:
    """Remove what a run that was killed had only half written of these files."""
    for name in names:
        for part in out.glob(f".{name}.*.part"):
            part.unlink(missing_ok=True)


def write_feeds(
    alerts: Iterable[Alert],
    out: Path,
    *,
    title: str,
    feed_url: str,
    contact: str,
    lang: str,
    rules: Sequence[Rule],
    updated: datetime,
) -> None:
    """The alert feed as Atom and as JSON Feed; `updated` dates a feed without entries."""
    told = tuple(alerts)
    for name, feed in (("feed.atom", atom), ("feed.json", json_feed)):
        body = feed.render(
            told,
            title=title or "Stemwacht",
            feed_id=FEED_ID,
            updated=updated,
            home_url=feed_url or None,
            contact=contact or None,
            lang=lang,
            rules=rules,
        )
        write(out / name, body)


def report_data(edition: Edition) -> ReportData:
    """The edition as the report wants it."""
    statuses: Mapping[str, FindingStatus] = {status.finding_id: status for status in edition.outcome.statuses}
    family_of = {member.message_id: finding.id for finding in edition.findings for member in finding.members}
    times = [message.published for message in edition.messages if message.published is not None]
    activity = edition.activity
    bursts = sorted(activity.bursts.findings, key=lambda finding: (finding.chance.p, finding.id))
    return ReportData(
        title=edition.title or TITLES[edition.lang],
        lang=edition.lang,
        generated_at=edition.now,
        version=__version__,
        tally=tally(edition.messages, family_of, zone=edition.zone),
        period_start=min(times, default=None),
        period_end=max(times, default=None),
        coverage=tuple(edition.coverage),
        families=_rows(sorted(edition.findings, key=lambda finding: (-finding.messages, finding.id)), statuses),
        networks=_rows(sorted(activity.sharing.findings, key=_larger_first), statuses),
        bursts=_rows(bursts, statuses),
        pairs_tested=activity.sharing.tested,
        activity_notes=activity.notes,
        alerts=edition.outcome.current,
        narratives=tuple(edition.narratives),
        declared=edition.registry,
        error_rates=ERROR_RATES,
        notes=edition.notes,
        rules=edition.rules,
        publisher=edition.publisher or None,
        contact=edition.contact or None,
        zone=edition.zone,
        readings=edition.readings,
        covered=edition.covered,
    )


def _rows(findings: Iterable[Finding], statuses: Mapping[str, FindingStatus]) -> tuple[FamilyRow, ...]:
    return tuple(FamilyRow(finding=found, status=statuses[found.id]) for found in findings if found.id in statuses)


def _larger_first(finding: Finding) -> tuple[int, str]:
    return (-len(finding.network.accounts) if finding.network else 0, finding.id)


def write(path: Path, body: bytes) -> None:
    """Write a file whole or not at all."""
    with replacing(path) as file:
        file.write(body)
