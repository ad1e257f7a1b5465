"""Which alert does a finding already have? One alert per campaign, whatever becomes of its family."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def same_campaign(findings: Sequence[Finding], accounts: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """Findings that tell of the same campaign as another: id to that other's id.

    Two detectors may each see one campaign. A finding with more than half of its members in a finding that comes before
    it is the same campaign; so is one of the other sight (texts or accounts) with more than half of its `accounts`, by
    finding id, among that one's. Letters come first, since they say more; bursts last; then the larger, then by id.
    """
    first: list[Finding] = []
    taken: dict[str, str] = {}
    same: dict[str, str] = {}
    for finding in sorted(findings, key=lambda item: (_RANK.get(item.detector, 1), -len(item.members), item.id)):
        home = _by_messages(finding, taken) or _by_accounts(finding, first, accounts)
        if home is not None:
            same[finding.id] = home
            continue
        first.append(finding)
        for member in finding.members:
            taken.setdefault(member.message_id, finding.id)
    return same


_RANK = {"letters": 0, "bursts": 2}
_ACTIVITY = ("sharing", "bursts")
_LEAST_ACCOUNTS = 3


def _by_messages(finding: Finding, taken: Mapping[str, str]) -> str | None:
    shared = Counter(taken[member.message_id] for member in finding.members if member.message_id in taken)
    home, count = min(shared.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return home if 2 * count > len(finding.members) else None


def _by_accounts(finding: Finding, first: Iterable[Finding], accounts: Mapping[str, frozenset[str]]) -> str | None:
    own = accounts.get(finding.id, frozenset())
    shared = [
        (len(own & accounts.get(other.id, frozenset())), other.id) for other in first if _other_sight(finding, other)
    ]
    count, home = min(shared, key=lambda item: (-item[0], item[1]), default=(0, ""))
    return home if count >= _LEAST_ACCOUNTS and 2 * count > len(own) else None


def _other_sight(one: Finding, other: Finding) -> bool:
    """Whether one detector looks at texts and the other at what accounts do, or both at different doings."""
    return one.detector != other.detector and (one.detector in _ACTIVITY or other.detector in _ACTIVITY)
