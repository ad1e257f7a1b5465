"""The account of a source that goes on: what was published in each week apart, so that a past week's account stands."""

from datetime import datetime
from functools import reduce
from zoneinfo import ZoneInfo

from ingest.coverage import Coverage
from ingest.ledger import Ledger
from ingest.message import Message


def week_of(moment: datetime, zone: str) -> str:
    """The ISO week of an aware moment as "2026-W45"; midnight is that of the zone."""
    year, number, _ = moment.astimezone(ZoneInfo(zone)).isocalendar()
    return f"{year}-W{number:02}"


class WeekLedgers:
    """A ledger for each week of publication, and `undated` for records without a time: the rejected among them."""

    def __init__(self, source: str, zone: str) -> None:
        self.source, self.zone = source, zone
        self.undated = Ledger(source)
        self._weeks: dict[str, Ledger] = {}

    def of(self, message: Message) -> Ledger:
        """The ledger of the week in which the message was published."""
        if message.published is None:
            return self.undated
        week = week_of(message.published, self.zone)
        if week not in self._weeks:
            self._weeks[week] = Ledger(self.source)
        return self._weeks[week]

    def by_week(self) -> tuple[Coverage, ...]:
        """The ledgers in which something was read."""
        ledgers = [self.undated, *(self._weeks[week] for week in sorted(self._weeks))]
        return tuple(one for one in (ledger.coverage() for ledger in ledgers) if one.read)

    def coverage(self) -> Coverage:
        """All of them as one."""
        return reduce(Coverage.plus, self.by_week(), Ledger(self.source).coverage())
