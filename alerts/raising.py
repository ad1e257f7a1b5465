"""Findings become alerts: new ones, updates of those that stand, and a reason for every finding that is none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from alerts.alert import Alert
from alerts.backing import backed
from alerts.building import build, free_id
from alerts.changes import carry_over, told, with_change
from alerts.judging import Judged, judge
from alerts.matching import match, same_campaign, seniority
from alerts.outcome import FindingStatus, Outcome, is_current
from alerts.registry import Campaign
from alerts.rules import Rule
from analysis import Finding
from ingest import Coverage, Message


def raise_alerts(
    findings: Sequence[Finding],
    messages_by_id: Mapping[str, Message],
    *,
    rules: Sequence[Rule],
    registry: Sequence[Campaign],
    existing: Sequence[Alert],
    coverage: Sequence[Coverage],
    now: datetime,
    complete: bool = True,
    consulted: Sequence[str] = (),
    legal_basis: str | None = None,
    recipients: Sequence[str] = (),
) -> Outcome:
    """New, updated and unchanged alerts, and the status of every finding.

    `complete` says that the findings are all there are: an alert without its finding is then withdrawn. Pass False
    for a batch that touched a few families. `consulted` are texts that were consulted on; `legal_basis` and
    `recipients` stand on new alerts. `now` (aware UTC) dates changes and nothing else: the same input again changes
    nothing, whatever the order of findings and alerts.
    """
    judged = backed([_judged(finding, messages_by_id, rules, registry, consulted) for finding in _in_order(findings)])
    alerting = [item for item in judged if item.status.status == "alert"]
    same = same_campaign([item.finding for item in alerting], {item.finding.id: _accounts(item) for item in alerting})
    also = _corroborating(alerting, same)
    own = _gathered(match([item.finding for item in judged], existing), same)
    before = {alert.id: alert for alert in existing}
    after: dict[str, Alert] = {}
    statuses = []
    for item in judged:
        mine = own.get(item.finding.id, ())
        status, alerts = item.status, [_withdrawn(alert, item.status, now) for alert in mine]
        if item.rule and item.status.status == "alert" and item.finding.id not in same:
            others = also.get(item.finding.id, ())
            fresh = build(item, item.rule, coverage, also=others, legal_basis=legal_basis, recipients=recipients)
            alerts = _alerts(fresh, mine, before, now)
            status = msgspec.structs.replace(status, alert_id=alerts[0].id)
        after.update((alert.id, alert) for alert in alerts)
        statuses.append(status)
    for alert in before.values():
        if alert.id not in after:
            after[alert.id] = _without_finding(alert, now) if complete else alert
    return _outcome(before, _apart(after), _pointed(statuses, same))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By id; where two detectors give one id, the finding of `letters`, which says more."""
    one_each = {finding.id: finding for finding in sorted(findings, key=lambda item: (item.id, item.detector))}
    return list(one_each.values())


def _accounts(item: Judged) -> frozenset[str]:
    """The pseudonyms that took part."""
    seen = item.finding.network or item.finding.burst
    if seen is not None:
        return frozenset(seen.accounts)
    return frozenset(message.author for message in item.messages if message.author)


def _corroborating(alerting: Sequence[Judged], same: Mapping[str, str]) -> Mapping[str, tuple[Judged, ...]]:
    """For each campaign's first finding those of other detectors, which bring evidence of another kind."""
    detector = {item.finding.id: item.finding.detector for item in alerting}
    found: dict[str, list[Judged]] = {}
    for item in alerting:
        home = same.get(item.finding.id)
        if home is not None and (item.finding.network or item.finding.burst or detector[home] in ("sharing", "bursts")):
            found.setdefault(home, []).append(item)
    return {home: tuple(items) for home, items in found.items()}


def _gathered(own: Mapping[str, tuple[Alert, ...]], same: Mapping[str, str]) -> Mapping[str, tuple[Alert, ...]]:
    """The alerts of findings that tell of another's messages, with that one's own."""
    gathered: dict[str, list[Alert]] = {}
    for finding_id, alerts in own.items():
        gathered.setdefault(same.get(finding_id, finding_id), []).extend(alerts)
    return {finding_id: tuple(sorted(alerts, key=seniority)) for finding_id, alerts in gathered.items()}


def _judged(
    finding: Finding,
    messages_by_id: Mapping[str, Message],
    rules: Sequence[Rule],
    registry: Sequence[Campaign],
    consulted: Sequence[str],
) -> Judged:
    ids = sorted({member.message_id for member in finding.members})
    return judge(finding, [messages_by_id[i] for i in ids if i in messages_by_id], rules, registry, consulted)


def _alerts(fresh: Alert, mine: Sequence[Alert], taken: Mapping[str, Alert], now: datetime) -> list[Alert]:
    """The finding's alert first: the oldest it has, brought up to date, the others merged into it; else a new one."""
    standing = [alert for alert in mine if is_current(alert)] or mine[:1]
    if not standing:
        new = msgspec.structs.replace(fresh, id=free_id(fresh.id, taken))
        return [told(new, now, "raised", f"{new.title}.")]
    oldest, younger = standing[0], standing[1:]
    aliases = {*oldest.aliases, *(name for alert in younger for name in (alert.id, *alert.aliases))}
    updated = with_change(oldest, carry_over(oldest, fresh, frozenset(aliases)), now)
    return [updated, *(_merged(alert, oldest, now) for alert in younger), *(a for a in mine if a not in standing)]


def _merged(alert: Alert, into: Alert, now: datetime) -> Alert:
    return told(alert, now, "merged", f"Merged into {into.id}: both are one campaign.")


def _withdrawn(alert: Alert, status: FindingStatus, now: datetime) -> Alert:
    if not is_current(alert):
        return alert
    if status.status == "declared":
        axes = msgspec.structs.replace(alert.axes, campaign="declared")
        alert = msgspec.structs.replace(alert, axes=axes)
    reason = " ".join(status.reasons)
    return told(alert, now, "withdrawn", f"Its family is now {status.status}.", reason)


def _without_finding(alert: Alert, now: datetime) -> Alert:
    if not is_current(alert):
        return alert
    return told(alert, now, "withdrawn", "Its family no longer exists after all messages were compared again.")


def _apart(alerts: Mapping[str, Alert]) -> Mapping[str, Alert]:
    """No alert keeps as an alias one that stands again on its own."""
    standing = {name for name, alert in alerts.items() if is_current(alert)}
    return {
        name: msgspec.structs.replace(alert, aliases=tuple(alias for alias in alert.aliases if alias not in standing))
        if not standing.isdisjoint(alert.aliases)
        else alert
        for name, alert in alerts.items()
    }


def _pointed(statuses: Sequence[FindingStatus], same: Mapping[str, str]) -> tuple[FindingStatus, ...]:
    """Findings that tell of another's messages point to that one's alert."""
    alerts = {status.finding_id: status.alert_id for status in statuses}
    return tuple(
        msgspec.structs.replace(
            status,
            alert_id=alerts[same[status.finding_id]],
            reasons=(f"Most of its messages or accounts are those of {same[status.finding_id]}, which has the alert.",),
        )
        if status.finding_id in same
        else status
        for status in statuses
    )


def _outcome(before: Mapping[str, Alert], after: Mapping[str, Alert], statuses: tuple[FindingStatus, ...]) -> Outcome:
    every = [after[name] for name in sorted(after)]
    return Outcome(
        new=tuple(alert for alert in every if alert.id not in before),
        updated=tuple(alert for alert in every if alert.id in before and alert != before[alert.id]),
        unchanged=tuple(alert for alert in every if alert.id in before and alert == before[alert.id]),
        statuses=statuses,
    )
