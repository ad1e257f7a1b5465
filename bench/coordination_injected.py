"""Injected streams: planted groups in 100,000 organic shares; which accounts are told, beside another tool.

The shares are generated and the groups planted in them: figures of injected streams, not of found campaigns. The
organic accounts heed fans' hubs, viral links and a debate; newsrooms and headline bots do act together, so they count
neither for nor against either tool and are told apart. Seeds below 1,000 were looked at while the method was chosen.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.sharing import communities, tested
from bench.coordination_peer import PEER, co_link_network, peer_version
from bench.coordination_planting import Plan, planted
from bench.coordination_table import columns_of
from bench.coordination_world import Ints, World, world
from bench.section import Options, Section, plain

# Seeds that no choice was made on.
FIRST_SEED = 5_000
SIZES = (5, 10, 20, 50)
THINGS = (3, 5, 10, 20)
SPANS = (10, 60, 300)
WINDOWS = (60, 300)
_LEAST_ACCOUNTS = 3
_PLANTED = 3


class _Told(NamedTuple):
    """Planted accounts, of these found; the same of groups with five shared things and more; organic accounts told,
    newsroom and feed accounts told, seconds taken.
    """

    planted: int
    found: int
    planted_often: int
    found_often: int
    organic: int
    feeds: int
    seconds: float


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Three streams, by how far apart a group shares, on each of three seeds (one with --quick)."""
    seeds = range(FIRST_SEED, FIRST_SEED + (1 if options.quick else 3))
    made = {span: [_stream(seed, span) for seed in seeds] for span in SPANS}
    rows = []
    for window in WINDOWS:
        tools = {"Stemwacht": [[_ours(one, window) for one in made[span]] for span in SPANS]}
        if peer_version() is not None:
            for least in (2, 3):
                name = f"{PEER} {peer_version()}, weight >= {least}"
                tools[name] = [[_peer(one, options.work, window, least) for one in made[span]] for span in SPANS]
        rows += [
            (f"{window} s", name, f"{span} s", *_scores(told))
            for name, by_span in tools.items()
            for span, told in zip(SPANS, by_span, strict=True)
        ]
    shares = [len(one.account) for streams in made.values() for one in streams]
    yield Section(
        title="Injected streams: accounts told among organic shares",
        figures=(
            plain("streams, shares in each", f"{len(shares)}, {min(shares):,} to {max(shares):,}"),
            plain("planted in each", f"{len(SIZES) * len(THINGS)} groups of 5 to 50 accounts, 3 to 20 shared things"),
        ),
        head=(
            "window", "tool", "a group shares within", "account precision", "account recall",
            "recall, 5 things and more", "organic accounts told", "newsrooms and bots told", "seconds a stream",
        ),
        rows=tuple(rows),
        notes=(*_absent(), "Recall counts every planted account, those of groups that share three things included."),
    )  # fmt: skip


def _stream(seed: int, span: int) -> World:
    plans = [Plan(accounts=size, things=things, seconds=float(span)) for size in SIZES for things in THINGS]
    return planted(world(seed, accounts=10_000, shares=50_000), plans, seed)


def _ours(made: World, window: int) -> _Told:
    began = time.perf_counter()
    shares = columns_of(made)
    test = tested(shares, np.arange(len(shares)), window_seconds=float(window), q_max=0.01, cap=200)
    groups = [one.accounts for one in communities(test.edges) if len(one.accounts) >= _LEAST_ACCOUNTS]
    accounts = np.concatenate(groups) if groups else np.zeros(0, np.int64)
    return _told(made, accounts, time.perf_counter() - began)


def _peer(made: World, work: Path, window: int, least: int) -> _Told:
    found = co_link_network(made, work, window_seconds=window, least=least)
    return _told(made, np.unique(np.concatenate([found.left, found.right])), found.seconds)


def _told(made: World, accounts: Ints, seconds: float) -> _Told:
    kind = np.bincount(made.kind[accounts], minlength=_PLANTED + 1)
    every = int((made.kind == _PLANTED).sum())
    often = np.isin(made.group, _groups_that_share_often(made))
    return _Told(
        every,
        int(kind[_PLANTED]),
        int(often.sum()),
        int(often[accounts].sum()),
        int(kind[0]),
        int(kind[1] + kind[2]),
        seconds,
    )


def _groups_that_share_often(made: World) -> Ints:
    """Numbers of the planted groups with five shared things and more; groups are numbered as they were planned."""
    first = int(made.group[made.kind == _PLANTED].min())
    things = np.tile(THINGS, len(SIZES))
    return np.flatnonzero(things >= 5) + first


def _scores(told: Sequence[_Told]) -> tuple[str, ...]:
    every, found, often, found_often, organic, feeds = (sum(column) for column in list(zip(*told, strict=True))[:6])
    precision = found / (found + organic) if found + organic else 1.0
    seconds = sum(one.seconds for one in told) / len(told)
    recall = (f"{found / every:.3f}", f"{found_often / often:.3f}")
    return f"{precision:.3f}", *recall, f"{organic:,}", f"{feeds:,}", f"{seconds:.1f}"


def _absent() -> Iterator[str]:
    if peer_version() is None:
        yield f"{PEER} is not installed here: install it beside Stemwacht to have it measured in the same run."
