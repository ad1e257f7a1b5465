"""How the times of a column are to be read: decided over the column, then the same for each of its values."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from ingest.errors import UnknownShape
from ingest.rows import Value
from ingest.times import Parsed, parsed

_PAIR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b")
_OFFSET = re.compile(r"\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$|GMT|UTC")
_ENOUGH_SECONDS = 20
_MIDNIGHT_ZONES = ("UTC", "Europe/Brussels", "Europe/London", "Europe/Bucharest", "America/New_York")
_MONTH_FIRST_ZONES = ("America/", "US/", "Pacific/Guam", "Asia/Manila")


class TimeRule(msgspec.Struct, frozen=True, kw_only=True):
    """The zone for clock times without an offset and the order of day and month.

    `midnight_zone` is set where every time is a midnight in that zone: the clock says nothing then, and days are kept.
    `whole_minutes` is set where seconds are written and are always zero.
    """

    zone: str
    day_first: bool = True
    midnight_zone: str | None = None
    whole_minutes: bool = False
    words: str = ""


def zone_named(zone: str) -> ZoneInfo:
    """The time zone. Raises `UnknownShape` with an example when there is none of that name."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownShape(f"no time zone {zone!r}; write one as Europe/Amsterdam or UTC") from None


def rule_for(values: Sequence[Value], zone: str) -> TimeRule:
    """The rule that these values of one column ask for, said in words."""
    local = zone_named(zone)
    if not values:
        return TimeRule(zone=zone, words="no column of times: when messages were sent is not known")
    day_first, order = _day_first([value for value in values if isinstance(value, str)], zone)
    found = [moment for value in values if (moment := parsed(value, zone=local, day_first=day_first))]
    clocks = [moment for moment, precision in found if precision != "day"]
    midnight_zone = _zone_of_midnights(clocks, zone)
    exact = [moment for moment, precision in found if precision == "second"]
    whole_minutes = len(exact) >= _ENOUGH_SECONDS and not any(moment.second or moment.microsecond for moment in exact)
    if not clocks or midnight_zone:
        there = f" (each time is midnight in {midnight_zone})" if midnight_zone not in (None, zone) else ""
        words = f"dates without a clock time{there}, kept as days"
    elif all(_has_offset(value) for value in values):
        words = "every time carries its own offset or is counted in UTC"
    else:
        words = f"times without an offset are read as {zone}"
    if whole_minutes and not midnight_zone:
        words += "; seconds are always zero, kept as minutes"
    return TimeRule(
        zone=zone, day_first=day_first, midnight_zone=midnight_zone, whole_minutes=whole_minutes, words=words + order
    )


def read_time(value: Value, rule: TimeRule) -> Parsed | None:
    """The moment in UTC and its precision under the rule; None when the value is no sensible time."""
    if isinstance(value, str) and len(value) <= 10:  # days recur, moments hardly do
        return _read_text(value, rule.zone, rule.day_first, rule.midnight_zone, rule.whole_minutes)
    return _as_ruled(value, rule.zone, rule.day_first, rule.midnight_zone, rule.whole_minutes)


def _as_ruled(
    value: Value, zone: str, day_first: bool, midnight_zone: str | None, whole_minutes: bool
) -> Parsed | None:
    found = parsed(value, zone=ZoneInfo(zone), day_first=day_first)
    if found is None or found[1] == "day":
        return found
    moment, precision = found
    if midnight_zone and (there := moment.astimezone(ZoneInfo(midnight_zone))).time() == time():
        return datetime.combine(there.date(), time(), UTC), "day"
    return moment, "minute" if whole_minutes and not moment.second else precision


_read_text = lru_cache(maxsize=20_000)(_as_ruled)


def _zone_of_midnights(moments: Sequence[datetime], zone: str) -> str | None:
    """The zone in which all these moments are midnights; one that is not the reader's own needs two days to show it."""
    for name in (zone, *_MIDNIGHT_ZONES):
        there = [moment.astimezone(ZoneInfo(name)) for moment in moments]
        days = len(there) if name in (zone, "UTC") else len({moment.date() for moment in there})
        if days > 1 and all(moment.time() == time() for moment in there):
            return name
    return None


def _day_first(texts: Sequence[str], zone: str) -> tuple[bool, str]:
    pairs = [(int(match[1]), int(match[2])) for text in texts if (match := _PAIR.match(text.strip()))]
    if not pairs:
        return True, ""
    day_leads = sum(first > 12 for first, _ in pairs)
    month_leads = sum(second > 12 for _, second in pairs)
    if day_leads or month_leads:
        leads = day_leads >= month_leads
        mixed = "; the column mixes both orders" if day_leads and month_leads else ""
        return leads, f"; {'day before month' if leads else 'month before day'}, as the values show{mixed}"
    leads = not zone.startswith(_MONTH_FIRST_ZONES)
    return (
        leads,
        f"; {'day before month' if leads else 'month before day'} by the custom of {zone}: the values do not show it",
    )


def _has_offset(value: Value) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is not None
    if isinstance(value, int | float):
        return value > 6e8
    return isinstance(value, str) and (_OFFSET.search(value) is not None or value.strip().replace(".", "").isdigit())
