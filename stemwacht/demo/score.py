"""How well did the monitor do against the truth?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec

from stemwacht.demo.truth import TruthRow

FOUND = 0.5


class GroupScore(msgspec.Struct, frozen=True, kw_only=True):
    """How one planted campaign came out, judged by the alerted finding that holds most of it.

    A finding is a family, a network's shares or a burst: whatever has members. `recall` is the share of the campaign's
    messages in that finding; `precision` the share of that finding's messages that belong to the campaign, or to
    another campaign of the same phrase bank. Both are 0 where no alerted finding holds any. `best_recall` is the same
    share for the best finding, alerted or not. `alerts` counts the alerted findings that hold more of this campaign
    than of anything else.
    """

    group: str
    kind: str
    size: int
    declared: bool
    finding: str | None
    recall: float
    precision: float
    best_recall: float
    alerts: int

    @property
    def found(self) -> bool:
        return self.recall >= FOUND


class FalseAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alerted finding most of whose messages are organic, of a control, or of declared campaigns.

    `mostly` is the group that most of its messages are of, None when these are of independent writers.
    """

    finding: str
    size: int
    organic: int
    control: int
    declared: int
    mostly: str | None


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """The monitor against the truth; `organic_alerted` counts independent messages in alerted findings, once each."""

    groups: tuple[GroupScore, ...]
    false_alerts: tuple[FalseAlert, ...]
    alerts: int
    organic_alerted: int
    control_alerted: int

    @property
    def found(self) -> tuple[GroupScore, ...]:
        """Undeclared campaigns with at least half of their messages in one alerted finding."""
        return tuple(group for group in self.groups if group.found and not group.declared)

    @property
    def missed(self) -> tuple[GroupScore, ...]:
        """Undeclared campaigns that were not found."""
        return tuple(group for group in self.groups if not group.found and not group.declared)

    @property
    def declared(self) -> tuple[GroupScore, ...]:
        """Declared campaigns, which should be seen and raise no alert."""
        return tuple(group for group in self.groups if group.declared)


def score(truth: Iterable[TruthRow], members: Iterable[tuple[str, str]], alerted: Iterable[str]) -> Score:
    """Hold findings, as pairs of message id and finding id, and the ids of alerted findings against the truth.

    A message may be in several findings: the same text in a family, its link in a network's shares. Give an alert that
    rests on several findings one id, and pair the messages of all of them with it. A campaign is found when at least
    half of its messages are in one alerted finding. An alert is false when less than half of its messages belong to
    undeclared campaigns.
    """
    known = {row.id: row for row in truth}
    findings: dict[str, set[str]] = defaultdict(set)
    for message, finding in members:
        findings[finding].add(message)
    raised = {finding: findings[finding] for finding in sorted(set(alerted)) if findings.get(finding)}
    groups: dict[str, list[TruthRow]] = defaultdict(list)
    for row in known.values():
        if row.planted:
            groups[row.group].append(row)
    in_alerts = set().union(*raised.values())
    mostly = {finding: _mostly(messages, known) for finding, messages in raised.items()}
    return Score(
        groups=tuple(_group(rows, findings, raised, known, mostly) for _, rows in sorted(groups.items())),
        false_alerts=tuple(_false_alerts(raised, known, mostly)),
        alerts=len(raised),
        organic_alerted=sum(message not in known for message in in_alerts),
        control_alerted=sum(message in known and known[message].control for message in in_alerts),
    )


def _group(
    rows: Sequence[TruthRow],
    findings: Mapping[str, Set[str]],
    raised: Mapping[str, Set[str]],
    known: Mapping[str, TruthRow],
    mostly: Mapping[str, str | None],
) -> GroupScore:
    own, first = {row.id for row in rows}, rows[0]
    finding, held = _best(own, raised)
    kin = 0
    if finding is not None:
        kin = sum(message in own or _same_bank(known.get(message), first) for message in raised[finding])
    return GroupScore(
        group=first.group,
        kind=first.kind,
        size=len(own),
        declared=first.declared,
        finding=finding,
        recall=held / len(own),
        precision=kin / len(raised[finding]) if finding is not None else 0.0,
        best_recall=_best(own, findings)[1] / len(own),
        alerts=sum(group == first.group for group in mostly.values()),
    )


def _best(own: Set[str], findings: Mapping[str, Set[str]]) -> tuple[str | None, int]:
    """The finding that holds most of these messages, and how many; of several the purest, then the first by id."""
    best, most = None, (0, 0)
    for finding, held in sorted(findings.items()):
        shared = (len(own & held), -len(held))
        if shared[0] and shared > most:
            best, most = finding, shared
    return best, most[0]


def _mostly(messages: Set[str], known: Mapping[str, TruthRow]) -> str | None:
    """The group with most of these messages; None where independent writers have more."""
    counts = Counter(known[message].group if message in known else None for message in sorted(messages))
    return counts.most_common(1)[0][0]


def _same_bank(row: TruthRow | None, first: TruthRow) -> bool:
    return row is not None and first.umbrella is not None and row.umbrella == first.umbrella


def _false_alerts(
    raised: Mapping[str, Set[str]], known: Mapping[str, TruthRow], mostly: Mapping[str, str | None]
) -> Iterable[FalseAlert]:
    for finding, messages in raised.items():
        rows = [known[message] for message in messages if message in known]
        hits = sum(row.planted and not row.declared for row in rows)
        if 2 * hits < len(messages):
            yield FalseAlert(
                finding=finding,
                size=len(messages),
                organic=len(messages) - len(rows),
                control=sum(row.control for row in rows),
                declared=sum(row.declared for row in rows),
                mostly=mostly[finding],
            )
