"""The network of accounts as a drawing: communities as clusters, numbered as in the table beside it."""

from collections.abc import Sequence
from math import sqrt

import altair
import vl_convert

from alerts.report.figures import COLOURS, INK, styled
from alerts.report.network_layout import Placed, placed
from analysis import Network

_WIDTH_PIXELS = 660
_PIXELS_PER_UNIT = (6.0, 34.0)
_LARGEST_ROW = 24.0


def network_drawing(networks: Sequence[Network], alerted: Sequence[bool], parts: tuple[str, str], *, font: str) -> str:
    """The networks as SVG, numbered from 1 in the order given; `parts` name those with an alert and those without."""
    communities = placed(networks, _row_width(networks))
    right = max(community.centre[0] + community.radius for community in communities)
    bottom = max(community.centre[1] + community.radius for community in communities)
    unit = min(max(_WIDTH_PIXELS / right, _PIXELS_PER_UNIT[0]), _PIXELS_PER_UNIT[1])
    told = [parts[0] if alert else parts[1] for alert in alerted]
    layers = (_lines(communities, told), _accounts(communities, told, parts, unit), _numbers(communities))
    chart = altair.LayerChart(layer=layers).properties(width=right * unit, height=bottom * unit)
    return str(vl_convert.vegalite_to_svg(styled(chart, font).to_dict()))


def _row_width(networks: Sequence[Network]) -> float:
    """About as wide as half again the square that holds all, and never more than stays legible."""
    area = sum(3 * len(network.accounts) + 6 for network in networks)
    return max(_LARGEST_ROW, 1.6 * sqrt(area))


def _lines(communities: Sequence[Placed], told: Sequence[str]) -> altair.Chart:
    rows = [
        {"x": a[0], "y": a[1], "x2": b[0], "y2": b[1], "part": part}
        for community, part in zip(communities, told, strict=True)
        for a, b in community.lines
    ]
    chart = altair.Chart(altair.InlineData(values=rows)).mark_rule(strokeWidth=0.6, opacity=0.25, color=INK)
    encoded: altair.Chart = chart.encode(x=_place("x"), y=_height("y"), x2="x2:Q", y2="y2:Q")
    return encoded


def _accounts(communities: Sequence[Placed], told: Sequence[str], parts: tuple[str, str], unit: float) -> altair.Chart:
    rows = [
        {"x": x, "y": y, "part": part}
        for community, part in zip(communities, told, strict=True)
        for x, y in community.accounts
    ]
    size = max(16.0, min(90.0, (0.6 * unit) ** 2))
    chart = altair.Chart(altair.InlineData(values=rows)).mark_circle(
        size=size, opacity=1, stroke="white", strokeWidth=0.5
    )
    scale = altair.Scale(domain=list(parts), range=list(COLOURS))
    legend = altair.Legend(orient="top", direction="horizontal", labelLimit=0, title=None)
    colour = altair.Color("part:N", scale=scale, legend=legend)
    encoded: altair.Chart = chart.encode(x=_place("x"), y=_height("y"), color=colour)
    return encoded


def _numbers(communities: Sequence[Placed]) -> altair.Chart:
    rows = [
        {"x": community.centre[0] - community.radius, "y": community.centre[1] - community.radius, "number": str(at)}
        for at, community in enumerate(communities, 1)
    ]
    chart = altair.Chart(altair.InlineData(values=rows))
    chart = chart.mark_text(fontSize=13, fontWeight="bold", color=INK, align="left", baseline="top")
    encoded: altair.Chart = chart.encode(x=_place("x"), y=_height("y"), text="number:N")
    return encoded


def _place(field: str) -> altair.X:
    return altair.X(f"{field}:Q", axis=None, scale=altair.Scale(nice=False, zero=False, padding=8))


def _height(field: str) -> altair.Y:
    return altair.Y(f"{field}:Q", axis=None, scale=altair.Scale(nice=False, zero=False, reverse=True, padding=8))
