"""Counts a stream of messages twice: every message, and one per family."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from alerts.report.data import Count, Day, Tally
from ingest import Message

GROUPINGS = ("kind", "language", "channel", "source")


class _Breakdown:
    """Weights per group; a family is counted once, under the group that holds most of it."""

    def __init__(self) -> None:
        self.messages: Counter[str | None] = Counter()
        self.outside: Counter[str | None] = Counter()
        self.families: dict[str, Counter[str | None]] = {}

    def add(self, group: str | None, weight: int, family: str | None) -> None:
        self.messages[group] += weight
        if family is None:
            self.outside[group] += weight
        else:
            self.families.setdefault(family, Counter())[group] += weight

    def counts(self) -> tuple[Count, ...]:
        once = self.outside.copy()
        for groups in self.families.values():
            once[min(groups, key=lambda group: (-groups[group], group or ""))] += 1
        ordered = sorted(self.messages, key=lambda group: (-self.messages[group], group or ""))
        return tuple(Count(name=group, messages=self.messages[group], once=once[group]) for group in ordered)


def tally(messages: Iterable[Message], family_of: Mapping[str, str], *, zone: str = "Europe/Amsterdam") -> Tally:
    """The counts of these messages, in one pass; `family_of` maps message ids to family ids.

    Messages count by weight. Once-per-family totals are the messages outside any family plus the number of families.
    """
    clock = ZoneInfo(zone)
    breakdowns = {name: _Breakdown() for name in GROUPINGS}
    days: dict[date, list[int]] = {}
    records = undated = 0
    for message in messages:
        records += 1
        family = family_of.get(message.id)
        for name, breakdown in breakdowns.items():
            breakdown.add(getattr(message, name), message.weight, family)
        if message.published is None:
            undated += message.weight
        else:
            day = days.setdefault(message.published.astimezone(clock).date(), [0, 0])
            day[family is None] += message.weight
    return _tally(records, undated, {name: breakdown.counts() for name, breakdown in breakdowns.items()}, days)


def _tally(
    records: int, undated: int, groups: Mapping[str, tuple[Count, ...]], days: Mapping[date, list[int]]
) -> Tally:
    total = Count(
        name=None,
        messages=sum(count.messages for count in groups["kind"]),
        once=sum(count.once for count in groups["kind"]),
    )
    return Tally(
        records=records,
        total=total,
        by_kind=groups["kind"],
        by_language=groups["language"],
        by_channel=groups["channel"],
        by_source=groups["source"],
        days=tuple(Day(day=day, inside=inside, outside=outside) for day, (inside, outside) in sorted(days.items())),
        undated=undated,
    )
