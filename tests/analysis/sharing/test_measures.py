"""What sharing is measured with counts what it says it counts."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from analysis.sharing import Community, Shares, cooccurrence_edges
from bench import coordination_coortweet
from bench.coordination_planted import purity
from bench.coordination_planting import Plan
from bench.coordination_speed import stream
from bench.coordination_sweep import sweep
from bench.coordination_table import bare_shares, columns_of
from bench.section import Options
from tests.analysis.sharing.worlds import PLANTED, START, organic, small_world


@pytest.fixture(scope="module")
def shares() -> Shares:
    return stream(2_000)


def test_the_bare_sweep_counts_every_close_pair(shares: Shares) -> None:
    swept = sweep(shares, window_seconds=60.0)
    close = abs(shares.seconds[:, None] - shares.seconds[None, :]) <= 60
    close &= shares.thing[:, None] == shares.thing[None, :]
    close &= shares.account[:, None] != shares.account[None, :]
    assert swept.close == int(close.sum()) // 2 > 100
    bounded = sweep(shares, window_seconds=60.0, cap=5)
    assert 0 < bounded.close < swept.close
    assert bounded.close <= 5 * len(shares)


def test_a_stream_has_one_thing_that_every_account_shares(shares: Shares) -> None:
    viral = shares.thing == shares.thing.max()
    assert len(np.unique(shares.account[viral])) == len(shares.accounts) == 100
    assert np.ptp(shares.seconds[viral]) <= 600


def test_planted_groups_share_what_was_planned() -> None:
    made = small_world(8, groups=(Plan(accounts=5, things=4, seconds=30.0), Plan(accounts=9, things=3, seconds=10.0)))
    groups = [made.group == number for number in np.unique(made.group[made.kind == PLANTED])]
    assert [int(group.sum()) for group in groups] == [5, 9]
    found = cooccurrence_edges(columns_of(made), window_seconds=30.0)
    for group, things in zip(groups, (4, 3), strict=True):
        inside = group[found.left] & group[found.right]
        accounts = int(group.sum())
        assert int(inside.sum()) == accounts * (accounts - 1) // 2
        assert int(found.weight[inside].min()) >= things


def test_purity_is_the_share_of_the_commonest_group() -> None:
    made = small_world(8, groups=(Plan(accounts=5, things=4, seconds=30.0),))
    group, strangers = np.flatnonzero(made.kind == PLANTED), np.flatnonzero(made.kind == 0)
    mixed = np.sort(np.concatenate([group[:3], strangers[:1]]))
    assert purity(made, Community(group, np.zeros(0, np.int64), 1.0)) == 1.0
    assert purity(made, Community(mixed, np.zeros(0, np.int64), 1.0)) == 0.75


def test_a_table_and_its_reference_are_held_against_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "coordination"
    folder.mkdir()
    rows = [(m.links[0], m.author, m.id, (m.published or START).timestamp()) for m in organic(1, shares=2_000)]
    lines = ["object_id,account_id,content_id,timestamp_share", *(",".join(map(str, row)) for row in rows)]
    table = folder / "russian_tweets.csv.gz"
    table.write_bytes(_zipped("\n".join(lines)))
    shares, names = bare_shares(table)
    found = cooccurrence_edges(shares, window_seconds=60.0)
    columns = zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)
    edges = [f"{names[left]},{names[right]},{weight}" for left, right, weight in columns]
    reference = folder / "russian_tweets_coortweet_edges_60s.csv"
    reference.write_text("\n".join(["from,to,weight", *edges]), "utf-8")
    off, on, permuted = coordination_coortweet.measure(tmp_path, Options(work=tmp_path, quick=True))
    assert [figure.met for figure in off.figures] == [None, True, True]
    assert on.figures[0].value == "0"
    assert permuted.figures[0].met
    reference.write_text("\n".join(["from,to,weight", *edges[: len(edges) // 2]]), "utf-8")
    half = next(iter(coordination_coortweet.measure(tmp_path, Options(work=tmp_path, quick=True))))
    assert half.figures[1].met is False


def _zipped(text: str) -> bytes:
    return gzip.compress(text.encode())
