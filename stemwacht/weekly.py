"""The report of one ISO week, from the store: the same week again gives the same report."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from analysis import Annotator, Embedder
from stemwacht import alerting
from stemwacht.analysing import analyse
from stemwacht.config import Settings
from stemwacht.editions import edition_of
from stemwacht.ledgers import coverage_of
from stemwacht.publishing import Edition
from stemwacht.stages import Stages
from stemwacht.window import window
from store import Store

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """An ISO week as the stretch [start, end) of aware UTC times; midnight is that of the zone."""

    name: str
    start: datetime
    end: datetime


def iso_week(name: str, zone: str) -> Week:
    """The week "2026-W47"; ValueError names the form."""
    match = _WEEK.fullmatch(name)
    try:
        if match is None:
            raise ValueError
        monday = datetime.fromisocalendar(int(match[1]), int(match[2]), 1).date()
    except ValueError:
        raise ValueError(f"no week '{name}'; write year and ISO week like 2026-W47") from None
    clock = ZoneInfo(zone)
    ends = (datetime.combine(monday + timedelta(days=days), time(), clock).astimezone(UTC) for days in (0, 7))
    start, end = ends
    return Week(name=name, start=start, end=end)


def weekly_edition(
    store: Store, annotator: Annotator, embedder: Embedder | None, settings: Settings, stages: Stages, week: Week
) -> Edition:
    """The edition of a week: its own messages alone, with the state of the alerts that it shares members with.

    Nothing is written: a past week does not change what stands today.
    """
    with stages.stage("window", f"reading {week.name}"):
        read = window(store, annotator, since=week.start, until=week.end)
    analysis = analyse(read.messages, read.batches, store, embedder, stages, settings)
    coverage = coverage_of(store, week.start, week.end)
    with stages.stage("alerts", "judging"):
        messages = {message.id: message for message in read.messages}
        outcome = alerting.judged(store, analysis.every_finding, messages, settings, coverage, week.end)
    title = settings.report.title or f"Stemwacht · {week.name}"
    return edition_of(
        read.messages,
        analysis,
        outcome,
        coverage,
        settings,
        notes=analysis.notes,
        title=title,
        now=week.end,
        covered=(week.start, week.end),
    )
