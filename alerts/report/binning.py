"""Bars for a drawing: hours or days as counted, drawn together into weeks or months when there are many."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

Unit = Literal["hour", "day", "week", "month"]
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
DAYS_DRAWN, WEEKS_DRAWN = timedelta(days=120), timedelta(days=800)


class Bar(msgspec.Struct, frozen=True):
    """What was counted from `start` up to `end` (the zone's clock, without zone), one figure for each colour."""

    start: datetime
    end: datetime
    counts: tuple[int, ...]


def bars(counted: Sequence[tuple[datetime, tuple[int, ...]]], *, hourly: bool) -> tuple[Unit, list[Bar]]:
    """The unit and the bars, oldest first, empty ones left out; starts are the zone's clock without zone.

    Days up to four months, weeks from Monday up to about two years, months beyond.
    """
    span = max(start for start, _ in counted) - min(start for start, _ in counted)
    unit: Unit = "hour" if hourly else "day" if span <= DAYS_DRAWN else "week" if span <= WEEKS_DRAWN else "month"
    totals: dict[datetime, tuple[int, ...]] = {}
    for start, counts in counted:
        begin = _begin(start, unit)
        before = totals.get(begin, (0,) * len(counts))
        totals[begin] = tuple(old + new for old, new in zip(before, counts, strict=True))
    return unit, [Bar(start, _end(start, unit), totals[start]) for start in sorted(totals)]


def _begin(start: datetime, unit: Unit) -> datetime:
    if unit == "hour":
        return start.replace(minute=0, second=0, microsecond=0)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        return midnight - timedelta(days=midnight.weekday())
    return midnight.replace(day=1) if unit == "month" else midnight


def _end(start: datetime, unit: Unit) -> datetime:
    if unit == "month":
        return (start + timedelta(days=32)).replace(day=1)
    return start + {"hour": HOUR, "day": DAY, "week": WEEK}[unit]
