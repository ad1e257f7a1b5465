"""Times as exports write them, read into aware UTC; what makes no sense is unknown, never 1970."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from ingest.message import Precision
from ingest.rows import Value

Parsed = tuple[datetime, Precision]
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no zone; the caller's rule gives it one
_CLOCK = (
    r"(?:[,T ]+(?:om |at |um |à |ora )?\(?(\d{1,2})[:.u](\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
    r"\s*([ap]\.?m\.?)?(?: uur| Uhr)?\)?)?"
)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _CLOCK, re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK, re.IGNORECASE)
_NAMED = re.compile(
    r"(?:\w+,? )?(\d{1,2})(?:st|nd|rd|th|er|\.)?[ -](?:of |de )?([^\W\d]+)\.?,?[ -](\d{4})" + _CLOCK, re.IGNORECASE
)
_NAMED_US = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _CLOCK, re.IGNORECASE)
_TWITTER = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4}) (\d{4})")
_ISO_OFFSET = re.compile(r"(?:Z|[+-][\d:]+)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4,19}(?:\.\d+)?(?:[eE]\+?\d+)?")
_MONTH_NAMES = """
    jan january januari januar janvier janv ianuarie ian jänner
    feb february februari februar février fevrier févr februarie
    mar march maart mrt märz mars martie mär
    apr april avril avr aprilie
    may mei mai
    jun june juni juin iunie iun
    jul july juli juillet juil iulie iul
    aug august augustus août aout
    sep september sept septembre septembrie
    oct october oktober okt octobre octombrie
    nov november novembre noiembrie noi
    dec december dezember dez décembre déc decembre decembrie
"""
_MONTHS = {name: at for at, names in enumerate(_MONTH_NAMES.strip().splitlines(), 1) for name in names.split()}


def parsed(value: Value, *, zone: tzinfo = UTC, day_first: bool = True) -> Parsed | None:
    """The moment and how exactly it is known, or None for what is no sensible time.

    `zone` holds for clock times without an offset. A date without a clock stands at midnight UTC of that very date.
    """
    try:
        found = _from_value(value, day_first)
        return None if found is None else _placed(found, zone)
    except (ValueError, OverflowError, TypeError):
        return None


def _placed(found: Parsed, zone: tzinfo) -> Parsed | None:
    moment, precision = found
    if precision == "day":
        placed = moment.replace(tzinfo=UTC)
    else:
        placed = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    return (placed, precision) if EARLIEST_YEAR <= placed.year <= LATEST_YEAR else None


def _from_value(value: Value, day_first: bool) -> Parsed | None:
    if isinstance(value, datetime):
        return value, "second"
    if isinstance(value, date):
        return datetime.combine(value, time()), "day"
    if isinstance(value, bool) or value is None or isinstance(value, list):
        return None
    if isinstance(value, int | float):
        return _from_number(float(value))
    return _from_text(value.strip(), day_first) if len(value) <= 80 else None


def _from_text(text: str, day_first: bool) -> Parsed | None:
    if text.isascii() and text[4:5] != "-" and _NUMBER.fullmatch(text) and not _compact_date(text):
        return _from_number(float(text))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _from_words(text, day_first)
    precision = _iso_precision(text)
    return datetime.combine(moment.date(), time()) if precision == "day" else moment, precision


def _iso_precision(text: str) -> Precision:
    """From the length of the clock before its offset; an hour alone tells no more than the day."""
    if len(text) > 18 and text[13] == text[16] == ":":
        return "second"
    clock = _ISO_OFFSET.sub("", text[10:])
    digits = sum(map(str.isdigit, clock))
    return "day" if len(text) <= 10 or digits < 4 else "minute" if digits < 6 else "second"


def _compact_date(text: str) -> bool:
    return len(text) == 8 and text[:2] in ("19", "20") and int(text[4:6]) <= 12


def _from_number(number: float) -> Parsed | None:
    """Seconds, milliseconds or microseconds since 1970, or the day number of a spreadsheet, by size."""
    for unit, low, high in ((1, 6e8, 5e9), (1e3, 6e11, 5e12), (1e6, 6e14, 5e15), (1e9, 6e17, 5e18)):
        if low <= number < high:
            return datetime.fromtimestamp(number / unit, UTC), "second"
    if 32_874 <= number < 73_051:  # 1990 to 2100
        moment = _EXCEL_EPOCH + timedelta(seconds=round(number * 86_400))
        return moment, "day" if number == int(number) else "second"
    return None


def _from_words(text: str, day_first: bool) -> Parsed | None:
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match, day_first)
    if match := _YEAR_FIRST.fullmatch(text):
        return _built(int(match[1]), int(match[2]), int(match[3]), match.groups()[3:])
    if match := _NAMED.fullmatch(text):
        return _built(int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1]), match.groups()[3:])
    if match := _NAMED_US.fullmatch(text):
        return _built(int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2]), match.groups()[3:])
    if match := _TWITTER.fullmatch(text):
        return datetime.strptime(
            f"{match[2]} {match[1]} {match[5]} {match[3]} {match[4]}", "%d %b %Y %H:%M:%S %z"
        ), "second"
    return (parsedate_to_datetime(text), "second") if ":" in text else None


def _numeric(match: re.Match[str], day_first: bool) -> Parsed | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    day, month = (first, second) if (day_first or first > 12) and second <= 12 else (second, first)
    return _built(year, month, day, match.groups()[4:])


def _built(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> Parsed:
    hour, minute, second, half = clock
    if hour is None:
        return datetime(year, month, day), "day"  # noqa: DTZ001 - the caller's rule gives it its zone
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
    moment = datetime(year, month, day, hours, int(minute or 0), int(second or 0))  # noqa: DTZ001 - as above
    return moment, "second" if second else "minute"
