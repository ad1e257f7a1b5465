"""How well did the monitor do against the truth?"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from math import comb

import msgspec

from stemwacht.demo.truth import TruthRow

FOUND = 0.5


class GroupScore(msgspec.Struct, frozen=True, kw_only=True):
    """How one planted campaign came out, judged by the alerted family that holds most of it.

    `recall` is the share of the campaign's messages in that family; `precision` the share of that family's messages
    that belong to the campaign, or to another campaign of the same phrase bank. Both are 0 where no alerted family
    holds any. `family_recall` is the same share for the best family, alerted or not.
    """

    group: str
    kind: str
    size: int
    declared: bool
    family: str | None
    recall: float
    precision: float
    family_recall: float

    @property
    def found(self) -> bool:
        return self.recall >= FOUND


class FalseAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alerted family most of whose messages are organic, of a control, or of declared campaigns."""

    family: str
    size: int
    organic: int
    control: int
    declared: int


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """The monitor against the truth; `organic_alerted` counts independent messages in alerted families."""

    groups: tuple[GroupScore, ...]
    false_alerts: tuple[FalseAlert, ...]
    alerts: int
    organic_alerted: int
    control_alerted: int

    @property
    def found(self) -> tuple[GroupScore, ...]:
        """Undeclared campaigns with at least half of their messages in one alerted family."""
        return tuple(group for group in self.groups if group.found and not group.declared)

    @property
    def missed(self) -> tuple[GroupScore, ...]:
        """Undeclared campaigns that were not found."""
        return tuple(group for group in self.groups if not group.found and not group.declared)

    @property
    def declared(self) -> tuple[GroupScore, ...]:
        """Declared campaigns, which should form a family and raise no alert."""
        return tuple(group for group in self.groups if group.declared)


def score(truth: Iterable[TruthRow], families: Iterable[tuple[str, str]], alerted: Iterable[str]) -> Score:
    """Hold families, as pairs of message id and family id, and the ids of alerted families against the truth.

    A campaign is found when at least half of its messages are in one alerted family. An alert is false when less than
    half of its family's messages belong to undeclared campaigns.
    """
    known = {row.id: row for row in truth}
    members: dict[str, set[str]] = defaultdict(set)
    for message, family in families:
        members[family].add(message)
    raised = {family: members[family] for family in sorted(set(alerted)) if members.get(family)}
    groups: dict[str, list[TruthRow]] = defaultdict(list)
    for row in known.values():
        if row.planted:
            groups[row.group].append(row)
    in_alerts = set().union(*raised.values())
    return Score(
        groups=tuple(_group(rows, members, raised, known) for _, rows in sorted(groups.items())),
        false_alerts=tuple(_false_alerts(raised, known)),
        alerts=len(raised),
        organic_alerted=sum(message not in known for message in in_alerts),
        control_alerted=sum(message in known and known[message].control for message in in_alerts),
    )


def pair_scores(truth: Sequence[Hashable | None], predicted: Sequence[Hashable | None]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of messages with the same label; None stands for no group at all.

    Counted from contingency tables. Without any predicted pair precision is 1, without any true pair recall is 1.
    ValueError when the two lists differ in length.
    """
    if len(truth) != len(predicted):
        raise ValueError(f"{len(truth)} true labels but {len(predicted)} predicted ones: give one of each per message")
    both = _pairs(pair for pair in zip(truth, predicted, strict=True) if None not in pair)
    right, made = _pairs(x for x in truth if x is not None), _pairs(x for x in predicted if x is not None)
    precision, recall = (both / made if made else 1.0), (both / right if right else 1.0)
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def _pairs(labels: Iterable[Hashable]) -> int:
    return sum(comb(count, 2) for count in Counter(labels).values())


def _group(
    rows: Sequence[TruthRow],
    members: Mapping[str, Set[str]],
    raised: Mapping[str, Set[str]],
    known: Mapping[str, TruthRow],
) -> GroupScore:
    own, first = {row.id for row in rows}, rows[0]
    family, held = _best(own, raised)
    kin = 0
    if family is not None:
        kin = sum(message in own or _same_bank(known.get(message), first) for message in raised[family])
    return GroupScore(
        group=first.group,
        kind=first.kind,
        size=len(own),
        declared=first.declared,
        family=family,
        recall=held / len(own),
        precision=kin / len(raised[family]) if family is not None else 0.0,
        family_recall=_best(own, members)[1] / len(own),
    )


def _best(own: Set[str], families: Mapping[str, Set[str]]) -> tuple[str | None, int]:
    best, most = None, 0
    for family, held in families.items():
        shared = len(own & held)
        if shared > most:
            best, most = family, shared
    return best, most


def _same_bank(row: TruthRow | None, first: TruthRow) -> bool:
    return row is not None and first.umbrella is not None and row.umbrella == first.umbrella


def _false_alerts(raised: Mapping[str, Set[str]], known: Mapping[str, TruthRow]) -> Iterable[FalseAlert]:
    for family, messages in raised.items():
        rows = [known[message] for message in messages if message in known]
        hits = sum(row.planted and not row.declared for row in rows)
        if 2 * hits < len(messages):
            yield FalseAlert(
                family=family,
                size=len(messages),
                organic=len(messages) - len(rows),
                control=sum(row.control for row in rows),
                declared=sum(row.declared for row in rows),
            )
