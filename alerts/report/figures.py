"""Drawings as SVG: bars over time, drawn by Vega without a browser."""

import re
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Literal, TypeVar

import altair
import vl_convert

from alerts.report.binning import DAY, Bar

COLOURS = ("#154273", "#7c8896")
INK, GRID = "#3b4450", "#dde2e8"
D3Locale = Literal["nl-NL", "en-GB"]
Drawing = TypeVar("Drawing", altair.Chart, altair.LayerChart)
LABELS = 9
_CLOCK = "%Y-%m-%dT%H:%M:%SZ"


def drawn(bars: Sequence[Bar], *, parts: Sequence[str], axis: str, lang: str, font: str, height: int = 120) -> str:
    """Stacked bars in the order of `parts`, with a legend where there are two; `axis` names the height."""
    rows = [row for bar in bars for row in _rows(bar, parts)]
    chart = altair.Chart(altair.InlineData(values=rows), width=660, height=height)
    chart = chart.mark_rect(stroke="white", strokeWidth=0.5, color=COLOURS[0])
    chart = chart.encode(x=_time(bars), x2="end:T", y=_height(axis), y2="base:Q")
    if len(parts) > 1:
        chart = chart.encode(color=_colours(parts))
    chart = styled(chart, font)
    locale: D3Locale = "nl-NL" if lang == "nl" else "en-GB"
    return str(vl_convert.vegalite_to_svg(chart.to_dict(), format_locale=locale, time_format_locale=locale))


def accessible(svg: str, *, id_: str, title: str, description: str) -> str:
    """The drawing as one image with a name and a description, its inner roles and ids out of the way."""
    body = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    body = re.sub(r'\bid="([^"]*)"', rf'id="{id_}-\1"', body)
    body = body.replace("url(#", f"url(#{id_}-").replace('href="#', f'href="#{id_}-')
    size = re.search(r'viewBox="[^"]*"', body)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size.group() if size else ""} role="img" '
        f'aria-labelledby="{id_}-title {id_}-desc"><title id="{id_}-title">{escape(title)}</title>'
        f'<desc id="{id_}-desc">{escape(description)}</desc>'
    )
    return re.sub(r"^<svg[^>]*>", lambda _: head, body, count=1)


def _rows(bar: Bar, parts: Sequence[str]) -> list[dict[str, str | int]]:
    rows: list[dict[str, str | int]] = []
    base = 0
    for part, count in zip(parts, bar.counts, strict=True):
        span = {"start": bar.start.strftime(_CLOCK), "end": bar.end.strftime(_CLOCK)}
        rows.append({**span, "part": part, "base": base, "top": base + count})
        base += count
    return rows


def _time(bars: Sequence[Bar]) -> altair.X:
    """Long spans are labelled by month or day; short ones by day at midnight and by hour between."""
    length = bars[-1].end - bars[0].start
    if length > timedelta(days=300):
        axis = altair.Axis(format="%b %Y", tickCount=LABELS, labelOverlap=True, labelFlush=False, grid=False)
    elif bars[0].end - bars[0].start >= DAY or length > timedelta(days=4):
        every = {"interval": "day", "step": max(1, round(length / DAY / LABELS))}
        axis = altair.Axis(format="%-d %b", tickCount=every, labelOverlap=True, labelFlush=False, grid=False)
    else:
        label = "utcFormat(datum.value, utchours(datum.value) + utcminutes(datum.value) ? '%H:%M' : '%-d %b')"
        axis = altair.Axis(labelExpr=label, tickCount=LABELS, labelOverlap=True, labelFlush=False, grid=False)
    return altair.X("start:T", scale=altair.Scale(type="utc", nice=False), axis=axis, title=None)


def _height(title: str) -> altair.Y:
    axis = altair.Axis(tickCount=4, tickMinStep=1, format=",d", titleAngle=0, titleAlign="left", titleAnchor="end")
    return altair.Y("top:Q", title=title, axis=axis, scale=altair.Scale(zero=True))


def _colours(parts: Sequence[str]) -> altair.Color:
    legend = altair.Legend(orient="top", direction="horizontal", labelLimit=0, symbolType="square", offset=22)
    scale = altair.Scale(domain=list(parts), range=list(COLOURS[: len(parts)]))
    return altair.Color("part:N", title=None, scale=scale, legend=legend)


def styled(chart: Drawing, font: str) -> Drawing:
    """The drawing in the colours and type of the report."""
    text = {"labelColor": INK, "labelFontSize": 12}
    config = {
        "aria": False,
        "font": font,
        "background": "transparent",
        "padding": 4,
        "view": {"stroke": None},
        "legend": text,
        "axis": text | {"titleColor": INK, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": GRID},
        "axisY": {"titleX": 0, "titleY": -10, "domain": False, "ticks": False},
    }
    return chart.properties(config=altair.Config.from_dict(config))
