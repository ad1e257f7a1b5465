"""Findings meet the rules, the registry and the alerts that stand; what comes of it goes to the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts import Alert, Campaign, Outcome, Rule, load_registry, load_rules, raise_alerts
from analysis import Finding
from ingest import Coverage, Message
from stemwacht import collections
from stemwacht.config import Settings
from store import Store


def standing_alerts(store: Store) -> list[Alert]:
    """All alerts that the store holds."""
    return [collections.stored_alert(document) for document in store.find("alerts")]


def judge(
    store: Store,
    findings: Sequence[Finding],
    messages: Mapping[str, Message],
    settings: Settings,
    coverage: Sequence[Coverage],
    now: datetime,
    *,
    consulted: Sequence[str] = (),
    complete: bool = True,
    since: datetime | None = None,
) -> Outcome:
    """Raise and update alerts, and keep them with the findings; the same input again changes nothing."""
    while True:
        before = standing_alerts(store)
        outcome = judged(
            store, findings, messages, settings, coverage, now, consulted=consulted, complete=complete, since=since
        )
        # A decision that a person made meanwhile must not be written over: then all is judged again.
        if standing_alerts(store) == before:
            break
    # In this order a run that is killed between them finds its work undone and does it again.
    store.upsert("alerts", [collections.alert_document(alert) for alert in (*outcome.new, *outcome.updated)])
    families = [finding for finding in findings if not is_activity(finding)]
    activity = [finding for finding in findings if is_activity(finding)]
    store.upsert("families", [collections.finding_document(finding) for finding in families])
    store.upsert("activity", [collections.finding_document(finding) for finding in activity])
    store.upsert("members", [row for finding in families for row in collections.member_documents(finding)])
    return outcome


def is_activity(finding: Finding) -> bool:
    """Whether the finding is about what accounts do; the others are families of texts."""
    return finding.network is not None or finding.burst is not None


def judged(
    store: Store,
    findings: Sequence[Finding],
    messages: Mapping[str, Message],
    settings: Settings,
    coverage: Sequence[Coverage],
    now: datetime,
    *,
    consulted: Sequence[str] = (),
    complete: bool = True,
    since: datetime | None = None,
) -> Outcome:
    """What the findings mean for the alerts that stand; nothing is written.

    Alerts whose window ended before `since` stand as they are.
    """
    return raise_alerts(
        findings,
        messages,
        rules=rules(settings),
        registry=registry(settings),
        existing=[alert for alert in standing_alerts(store) if not _ended_before(alert, since)],
        coverage=coverage,
        now=now,
        complete=complete,
        consulted=consulted,
        legal_basis=settings.alerts.legal_basis,
        recipients=settings.alerts.recipients,
    )


def _ended_before(alert: Alert, since: datetime | None) -> bool:
    return since is not None and alert.window_end is not None and alert.window_end < since


def rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules in force."""
    return load_rules(settings.paths.rules)


def registry(settings: Settings) -> tuple[Campaign, ...]:
    """The declared campaigns."""
    return load_registry(settings.paths.campaigns)


def check(settings: Settings) -> None:
    """Read the rules and the registry once before long work starts; ValueError says what is wrong with them."""
    rules(settings)
    registry(settings)
