"""Where the accounts of a network stand in a drawing: each community in a circle of its own, circles side by side."""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

import igraph
import msgspec

from analysis import Network

_LAID_OUT = 1_000
_LINES_PER_ACCOUNT = 3
_LEAST_LINES = 2
_GAP = 0.9
_GOLDEN_ANGLE = pi * (3 - sqrt(5))
Point = tuple[float, float]


class Placed(msgspec.Struct, frozen=True):
    """A community in the drawing: its circle, its accounts and the ties that are drawn, as pairs of accounts' places.

    One account has an area of about one; all communities together start at (0, 0) and grow right and down.
    """

    centre: Point
    radius: float
    accounts: tuple[Point, ...]
    lines: tuple[tuple[Point, Point], ...]


def placed(networks: Sequence[Network], width: float) -> list[Placed]:
    """Each network in its circle, in rows no wider than `width` or the widest circle; the same input, the same places.

    Of a dense network the closest ties are drawn, about three for each account, so that it stays readable.
    """
    centres = _in_rows([_radius(network) for network in networks], width)
    return [_in_circle(network, centre) for network, centre in zip(networks, centres, strict=True)]


def _radius(network: Network) -> float:
    return sqrt(len(network.accounts)) * 0.75 + 0.5


def _in_rows(radii: Sequence[float], width: float) -> list[Point]:
    """Centres of circles set in rows from left to right, in the order given."""
    width = max([width, *(2 * radius for radius in radii)])
    centres: list[Point] = []
    x = top = height = 0.0
    for radius in radii:
        if x and x + 2 * radius > width:
            top, x, height = top + height + _GAP, 0.0, 0.0
        centres.append((x + radius, top + radius))
        x += 2 * radius + _GAP
        height = max(height, 2 * radius)
    return centres


def _in_circle(network: Network, centre: Point) -> Placed:
    place = {account: at for at, account in enumerate(network.accounts)}
    ties = sorted(network.ties, key=lambda tie: (tie.p, -tie.shared, tie.account_a, tie.account_b))
    pairs = [(place[tie.account_a], place[tie.account_b]) for tie in ties]
    radius = _radius(network)
    points = [(centre[0] + x * radius, centre[1] + y * radius) for x, y in _within_one(_coordinates(len(place), pairs))]
    drawn = _drawn(len(place), pairs)
    return Placed(centre, radius, tuple(points), tuple((points[a], points[b]) for a, b in drawn))


def _drawn(count: int, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of the ties, closest first: the two closest of every account, and more until the drawing is full."""
    held = [0] * count
    chosen: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    for a, b in pairs:
        if min(held[a], held[b]) < _LEAST_LINES:
            chosen.append((a, b))
            held[a], held[b] = held[a] + 1, held[b] + 1
        else:
            others.append((a, b))
    return chosen + others[: max(0, _LINES_PER_ACCOUNT * count - len(chosen))]


def _coordinates(count: int, pairs: Sequence[tuple[int, int]]) -> list[Point]:
    """By springs (Kamada and Kawai 1989); a community too large for that as the seeds of a sunflower."""
    if count > _LAID_OUT:
        return [(sqrt(at) * cos(at * _GOLDEN_ANGLE), sqrt(at) * sin(at * _GOLDEN_ANGLE)) for at in range(count)]
    graph = igraph.Graph(n=count, edges=list(pairs))
    layout = graph.layout_kamada_kawai(seed=graph.layout_circle())
    return [(float(x), float(y)) for x, y in layout.coords]


def _within_one(points: Sequence[Point]) -> list[Point]:
    """The points moved and scaled into the circle of radius 0.9 around zero."""
    middle_x, middle_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    moved = [(x - middle_x, y - middle_y) for x, y in points]
    furthest = max(sqrt(x * x + y * y) for x, y in moved) or 1.0
    return [(0.9 * x / furthest, 0.9 * y / furthest) for x, y in moved]
