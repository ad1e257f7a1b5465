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
_MONTH_FIRST_ZONES = ("America/", "US/", "Pacific/Guam", "Asia/Manila")


class TimeRule(msgspec.Struct, frozen=True, kw_only=True):
    """The zone for clock times without an offset, the order of day and month, and whether midnight means no clock."""

    zone: str
    day_first: bool = True
    midnight_is_day: bool = False
    words: str = ""


def zone_named(zone: str) -> ZoneInfo:
    """The time zone. Raises `UnknownShape` with an example when there is none of that name."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownShape(f"no time zone {zone!r}; write one as Europe/Amsterdam or UTC") from None


def rule_for(values: Sequence[Value], zone: str) -> TimeRule:
    """The rule that these values of one column ask for, said in words."""
    zone_named(zone)
    if not values:
        return TimeRule(zone=zone, words="no column of times: when messages were sent is not known")
    day_first, order = _day_first([value for value in values if isinstance(value, str)], zone)
    found = [moment for value in values if (moment := parsed(value, day_first=day_first))]
    clocks = [moment for moment, precision in found if precision != "day"]
    midnight = bool(clocks) and all(moment.time() == time() for moment in clocks) and len(clocks) > 1
    if not clocks or midnight:
        words = "dates without a clock time, kept as days"
    elif all(_has_offset(value) for value in values):
        words = "every time carries its own offset or is counted in UTC"
    else:
        words = f"times without an offset are read as {zone}"
    return TimeRule(zone=zone, day_first=day_first, midnight_is_day=midnight, words=words + order)


def read_time(value: Value, rule: TimeRule) -> Parsed | None:
    """The moment in UTC and its precision under the rule; None when the value is no sensible time."""
    if isinstance(value, str) and len(value) <= 10:  # days recur, moments hardly do
        return _read_text(value, rule.zone, rule.day_first, rule.midnight_is_day)
    return _as_ruled(value, rule.zone, rule.day_first, rule.midnight_is_day)


def _as_ruled(value: Value, zone: str, day_first: bool, midnight_is_day: bool) -> Parsed | None:
    found = parsed(value, zone=UTC if midnight_is_day else ZoneInfo(zone), day_first=day_first)
    return (found[0], "day") if found and midnight_is_day and found[0].time() == time() else found


_read_text = lru_cache(maxsize=20_000)(_as_ruled)


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
