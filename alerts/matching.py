"""Which alert does a finding already have? One alert per campaign, whatever becomes of its family."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from alerts.alert import Alert
from analysis import Finding

_NEVER = datetime.max.replace(tzinfo=UTC)


def seniority(alert: Alert) -> tuple[datetime, str]:
    """Sorts alerts by when they were raised, then by id."""
    return (alert.history[0].at if alert.history else _NEVER, alert.id)


def match(findings: Sequence[Finding], existing: Sequence[Alert]) -> Mapping[str, tuple[Alert, ...]]:
    """For each finding's id the alerts that are its own, oldest first; each alert goes to one finding at most.

    An alert goes to the finding with its id; else to the one that has it as an alias; else to the one it shares most
    messages with, when that is more than half of the finding's or of the alert's own.
    """
    by_id = {finding.id: finding for finding in findings}
    by_alias = {alias: finding for finding in findings for alias in finding.aliases}
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        for member in finding.members:
            homes[member.message_id].append(finding.id)
    own: defaultdict[str, list[Alert]] = defaultdict(list)
    for alert in existing:
        named = by_id.get(alert.finding_id) or by_alias.get(alert.finding_id)
        home = named.id if named else _most_shared(alert, by_id, homes)
        if home is not None:
            own[home].append(alert)
    return {finding_id: tuple(sorted(alerts, key=seniority)) for finding_id, alerts in own.items()}


def _most_shared(alert: Alert, by_id: Mapping[str, Finding], homes: Mapping[str, Sequence[str]]) -> str | None:
    shared = Counter(home for row in alert.evidence for home in homes.get(row.message_id, ()))
    enough = [
        (count, home)
        for home, count in shared.items()
        if 2 * count > len(by_id[home].members) or 2 * count > len(alert.evidence)
    ]
    return min(enough, key=lambda item: (-item[0], item[1]))[1] if enough else None


def same_campaign(findings: Sequence[Finding]) -> Mapping[str, str]:
    """Findings that tell of the same messages as another's: id to that other's id.

    Two detectors may each see one campaign: a finding with more than half of its members in a finding that comes
    before it is the same campaign. Letters come before families, since they say more; then the larger, then by id.
    """
    taken: dict[str, str] = {}
    same: dict[str, str] = {}
    for finding in sorted(findings, key=lambda item: (item.detector != "letters", -len(item.members), item.id)):
        shared = Counter(taken[member.message_id] for member in finding.members if member.message_id in taken)
        home, count = min(shared.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        if 2 * count > len(finding.members):
            same[finding.id] = home
            continue
        for member in finding.members:
            taken.setdefault(member.message_id, finding.id)
    return same
