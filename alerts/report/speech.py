"""The report in words: translations from gettext catalogues, numbers and dates as the reader's language writes them."""

from datetime import date, datetime, tzinfo
from functools import cache
from io import BytesIO
from math import isfinite
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "stemwacht"


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.parent.parent.name for path in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


@cache
def _translations(lang: str) -> Translations:
    if lang not in languages():
        raise ValueError(f"no report language '{lang}'; there are: {', '.join(languages())}")
    compiled = BytesIO()
    with (LOCALES / lang / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, locale=lang))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


class Speech:
    """One language and one zone. Raises ValueError, naming the languages there are, for one without a catalogue."""

    def __init__(self, lang: str, zone: str = "Europe/Amsterdam") -> None:
        self.lang = lang
        self.zone = zone
        self._translations = _translations(lang)
        self._locale = Locale.parse(lang)
        self._clock: tzinfo = get_timezone(zone)

    def say(self, text: str, /, **values: str) -> str:
        """The sentence in this language, its {placeholders} filled."""
        return str(self._translations.gettext(text)).format(**values)

    def say_n(self, one: str, many: str, count: int, /, **values: str) -> str:
        """The singular or plural sentence; {count} is the number as this language writes it."""
        sentence = str(self._translations.ngettext(one, many, count))
        return sentence.format(count=self.number(count), **values)

    def term(self, text: str) -> str:
        """A fixed text that comes from a rule or a detector, translated where the catalogue has it."""
        return str(self._translations.gettext(text)) if text else ""

    def number(self, value: float, digits: int = 0) -> str:
        """A number with grouping and at most `digits` decimals; a dash for what is no number."""
        if not isfinite(value):
            return "–"
        return str(format_decimal(value, format=f"#,##0.{'#' * digits}" if digits else "#,##0", locale=self._locale))

    def decimal(self, value: float) -> str:
        """A small number written out, three significant digits: 0.000013."""
        return str(format_decimal(float(f"{value:.3g}"), format="0.########", locale=self._locale))

    def percent(self, share: float) -> str:
        """A share of 0 to 1 as a percentage with one decimal."""
        return str(format_percent(share, format="#,##0.0%", locale=self._locale))

    def probability(self, p: float) -> str:
        """A p or q value: three significant digits, or "less than" the smallest worth telling."""
        smallest = 1e-6
        if p < smallest:
            return "< " + str(format_decimal(smallest, format="0.######", locale=self._locale))
        return "= " + self.decimal(p)

    def day(self, when: date | datetime) -> str:
        """A day in full: 25 november 2026; a moment is first brought to the zone."""
        local = when.astimezone(self._clock).date() if isinstance(when, datetime) else when
        return str(format_date(local, "d MMMM y", locale=self._locale))

    def short_day(self, when: date | datetime) -> str:
        """A day for a table: 25 nov 2026."""
        local = when.astimezone(self._clock).date() if isinstance(when, datetime) else when
        return str(format_date(local, "d MMM y", locale=self._locale))

    def moment(self, when: datetime) -> str:
        """Day and time in the zone: 25 nov 2026, 13:05."""
        return str(format_datetime(when, "d MMM y, HH:mm", tzinfo=self._clock, locale=self._locale))

    def clock_day(self, when: datetime) -> str:
        """The day of a time that is the zone's clock already."""
        return str(format_date(when, "d MMMM y", locale=self._locale))

    def clock_moment(self, when: datetime) -> str:
        """Day and time of what is the zone's clock already."""
        return str(format_datetime(when, "d MMM y, HH:mm", locale=self._locale))

    def local(self, when: datetime) -> datetime:
        """The moment in the report's zone."""
        return when.astimezone(self._clock)

    def language(self, code: str) -> str:
        """A language's name in this language; its code where Babel knows no name."""
        return str(self._locale.languages.get(code, code))
