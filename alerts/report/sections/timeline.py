"""Messages over time as drawings: an alert's own timeline, and the days of the whole period."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import pairwise

from alerts.alert import Alert
from alerts.report.binning import DAY, HOUR, Bar, Unit, bars
from alerts.report.blocks import Chart, Table, table
from alerts.report.data import Day
from alerts.report.edition import Edition
from alerts.report.figures import accessible, drawn
from alerts.report.speech import Speech
from alerts.report.vocabulary import mark

PER = {
    "hour": mark("messages per hour"),
    "day": mark("messages per day"),
    "week": mark("messages per week"),
    "month": mark("messages per month"),
}


def timeline_chart(alert: Alert, speech: Speech, edition: Edition) -> Chart | None:
    """An alert's messages, as fine as the data are; None where nothing is dated."""
    if not alert.timeline:
        return None
    say = speech.say
    hourly = _hourly([start for start, _ in alert.timeline])
    counted = [(speech.local(start).replace(tzinfo=None), (number,)) for start, number in alert.timeline]
    unit, drawing = bars(counted, hourly=hourly)
    title = say("Timeline: {per}", per=say(PER[unit]))
    peak = max(drawing, key=lambda bar: bar.counts)
    when = _when(unit, speech)
    description = say(
        "Bars from {first} to {last}. Most messages: {peak}, at {peak_at}.",
        first=when(drawing[0].start),
        last=when(drawing[-1].start),
        peak=speech.number(peak.counts[0]),
        peak_at=when(peak.start),
    )
    columns = (say("From"), say("Messages"))
    figures = _figures(title, columns, drawing, when, speech) if edition.figures else None
    svg = drawn(drawing, parts=(say("Messages"),), axis=say(PER[unit]), lang=speech.lang, font=edition.font)
    return _chart(f"timeline-{alert.id}", title, description, svg, figures)


def days_chart(days: tuple[Day, ...], speech: Speech, edition: Edition) -> Chart:
    """All messages of the period, in families and outside."""
    say = speech.say
    counted = [(datetime.combine(day.day, time()), (day.inside, day.outside)) for day in days]
    unit, drawing = bars(counted, hourly=False)
    peak = max(drawing, key=lambda bar: sum(bar.counts))
    when = _when(unit, speech)
    title = say("{per}, in families and outside", per=say(PER[unit]).capitalize())
    description = say(
        "Bars from {first} to {last}. The highest, from {peak}, holds {messages} messages, "
        "of which {inside} in families.",
        first=when(drawing[0].start),
        last=when(drawing[-1].start),
        peak=when(peak.start),
        messages=speech.number(sum(peak.counts)),
        inside=speech.number(peak.counts[0]),
    )
    columns = (say("From"), say("In families"), say("Outside families"))
    figures = _figures(title, columns, drawing, when, speech) if edition.figures else None
    parts = (say("in families"), say("outside families"))
    svg = drawn(drawing, parts=parts, axis=say(PER[unit]), lang=speech.lang, font=edition.font, height=170)
    return _chart("days", title, description, svg, figures)


def _hourly(starts: list[datetime]) -> bool:
    """The smallest distance between bars says how fine they are; a lone bar at midnight UTC is a day."""
    gaps = [abs(later - earlier) for earlier, later in pairwise(starts)]
    if gaps:
        return min(gaps) < DAY - HOUR
    return starts[0] - starts[0].replace(hour=0, minute=0, second=0, microsecond=0) > timedelta(0)


def _when(unit: Unit, speech: Speech) -> Callable[[datetime], str]:
    return speech.clock_moment if unit == "hour" else speech.clock_day


def _figures(
    title: str,
    columns: tuple[str, ...],
    drawing: list[Bar],
    when: Callable[[datetime], str],
    speech: Speech,
) -> Table:
    rows = [(when(bar.start), *(speech.number(count) for count in bar.counts)) for bar in drawing if any(bar.counts)]
    return table(title, columns, [*rows], numeric=len(columns) - 1)


def _chart(name: str, title: str, description: str, svg: str, figures: Table | None) -> Chart:
    return Chart(name, title, description, accessible(svg, id_=name, title=title, description=description), figures)
