"""Dates and weekdays in a text, the same in five languages."""

import re
from collections.abc import Iterable

_MONTH_NAMES = (
    "januari january januar janvier ianuarie jan",
    "februari february februar février fevrier februarie feb",
    "maart march märz mars martie mrt",
    "april avril aprilie apr",
    "mei may mai",
    "juni june juin iunie jun",
    "juli july juillet iulie jul",
    "augustus august août aout aug",
    "september septembre septembrie sept sep",
    "oktober october octobre octombrie okt oct",
    "november novembre noiembrie nov",
    "december dezember décembre decembre decembrie dec dez",
)
_WEEKDAY_NAMES = (
    "maandag monday montag lundi luni",
    "dinsdag tuesday dienstag mardi marți marţi marti",
    "woensdag wednesday mittwoch mercredi miercuri",
    "donderdag thursday donnerstag jeudi joi",
    "vrijdag friday freitag vendredi vineri",
    "zaterdag saturday samstag sonnabend samedi sâmbătă sambata",
    "zondag sunday sonntag dimanche duminică duminica",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES, 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|er|e|de|ste)?\.?"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?P<iso_y>{_YEAR})-(?P<iso_m>0?[1-9]|1[0-2])-(?P<iso_d>{_DAY})\b"
    rf"|\b(?P<num_d>{_DAY})(?P<sep>[-/.])(?P<num_m>0?[1-9]|1[0-2])(?P=sep)(?P<num_y>{_YEAR})\b"
    rf"|\b(?P<day>{_DAY}){_ORDINAL}\s+(?:of\s+|de\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>{_YEAR})\b)?"
    rf"|\b(?P<us_month>{_MONTH})\b\.?\s+(?P<us_day>{_DAY})(?:st|nd|rd|th)?\b(?:,?\s+(?P<us_year>{_YEAR})\b)?"
    rf"|\b(?P<my_month>{_MONTH})\b\.?\s+(?P<my_year>{_YEAR})\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_FIGURES = re.compile(r"[0-9][-/.][0-9]")
_RUN = re.compile(r"\w+")

DateMark = tuple[int | None, int | None, int | None, int | None]


def date_signature(text: str) -> tuple[DateMark, ...]:
    """The distinct dates of a text, sorted, as (year, month, day, weekday); None is not given; Monday is 1.

    Month and weekday names in Dutch, English, German, French and Romanian; figures as year-month-day or
    day-month-year. A month name counts only beside a day or a year, for "may" and "mars" are other words too.
    """
    runs = runs_of(text)
    marks: set[DateMark] = {(None, None, None, _WEEKDAYS[name]) for name in _WEEKDAYS.keys() & runs}
    if _may_hold_date(text, runs):
        marks.update(mark for match in _DATE.finditer(text) if (mark := _mark(match)))
    return tuple(sorted(marks, key=lambda mark: tuple(-1 if field is None else field for field in mark)))


def without_dates(text: str) -> str:
    """The text with its dates blanked out, so that their figures are not read as numbers."""
    return _DATE.sub(" ", text) if _may_hold_date(text, runs_of(text)) else text


def runs_of(text: str) -> list[str]:
    """The runs of letters, digits and underscores of a text, in lower case."""
    return _RUN.findall(text.lower())


def _may_hold_date(text: str, runs: Iterable[str]) -> bool:
    """A date has figures parted by a mark, or figures and the name of a month; the full pattern is slow."""
    return bool(_FIGURES.search(text) or (_DIGIT.search(text) and not _MONTHS.keys().isdisjoint(runs)))


def compatible(one: DateMark, two: DateMark) -> bool:
    """Whether two dates can be the same: every field that both give is equal, and they share one."""
    shared = [(a, b) for a, b in zip(one, two, strict=True) if a is not None and b is not None]
    return bool(shared) and all(a == b for a, b in shared)


def _mark(match: re.Match[str]) -> DateMark | None:
    """The fields of a date; None for a name that is a month's only with "ı" or "ſ" taken for "i" or "s"."""
    part = match.groupdict()
    month_name = part["month"] or part["us_month"] or part["my_month"]
    month = _MONTHS.get(month_name.lower()) if month_name else int(part["iso_m"] or part["num_m"])
    if month is None:
        return None
    year = part["iso_y"] or part["num_y"] or part["year"] or part["us_year"] or part["my_year"]
    day = part["iso_d"] or part["num_d"] or part["day"] or part["us_day"]
    return (int(year) if year else None, month, int(day) if day else None, None)
