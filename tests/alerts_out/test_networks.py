"""The network in the report: nothing on top of another, everything drawn, the same each time."""

from itertools import combinations
from math import dist

import pytest

from alerts.report import render_html
from alerts.report.network_layout import placed
from analysis import Network
from tests.alerts.coordination import network, shares
from tests.alerts_out.examples import row, week


def communities(*sizes: int) -> list[Network]:
    found = [network(shares(accounts=size, links=2, first=1000 * size)).network for size in sizes]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("sizes", [(5,), (10, 6, 5), (60, 40, 30, 20, 10, 5, 5)])
def test_communities_stand_apart_and_every_account_is_in_its_own(sizes: tuple[int, ...]) -> None:
    drawn = placed(communities(*sizes), 24.0)
    for one, other in combinations(drawn, 2):
        assert dist(one.centre, other.centre) >= one.radius + other.radius
    for community, size in zip(drawn, sizes, strict=True):
        assert len(set(community.accounts)) == size
        assert all(dist(point, community.centre) <= community.radius for point in community.accounts)


def test_every_account_has_a_line_and_dense_ones_stay_readable() -> None:
    (dense,) = placed(communities(60), 24.0)
    assert {end for line in dense.lines for end in line} == set(dense.accounts)
    assert len(dense.lines) <= 4 * 60


def test_the_same_network_is_drawn_the_same() -> None:
    assert placed(communities(30, 8), 24.0) == placed(communities(30, 8), 24.0)


def test_the_chapter_tells_communities_and_what_was_not_judged() -> None:
    tied = network(shares(accounts=7, links=3))
    page = render_html(
        week(
            networks=(row(tied, "explained", "The accounts follow one origin, as those of a newsroom do."),),
            pairs_tested=12_345,
            activity_notes=("One account alone shares anything: nothing could be judged.",),
        )
    )
    for words in ("12.345", "https://news.example/a2", "zoals die van een redactie", "er viel niets te beoordelen"):
        assert words in page
    assert "p_1" not in page.split('id="networks"')[1].split('id="narratives"')[0]
