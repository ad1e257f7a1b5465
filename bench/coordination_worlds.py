"""Worlds without coordination: false edges, and whether p is uniform.

Seeds below 1,000 were looked at while the method was chosen; the figures are of seeds from 5,000 on.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.sharing import Tested, tested
from analysis.sharing.strata import expected
from analysis.sharing.uniformity import LEAST_EXPECTED, NOMINAL, Watched, p_values, watched
from bench.coordination_table import columns_of
from bench.coordination_world import Floats, Ints, World, world
from bench.section import Options, Section, at_most, plain

# Seeds that no choice was made on.
SEEDS = range(5_000, 5_005)
_MOST = 1.3


class _Seen(NamedTuple):
    shares: int
    false_edges: int
    others: int
    p: dict[str, Floats]


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Five worlds of 50,000 accounts (two with --quick); `data` is not needed."""
    seeds = SEEDS[:2] if options.quick else SEEDS
    seen = [_one(world(seed), seed) for seed in seeds]
    nulls = {name: np.concatenate([one.p[name] for one in seen]) for name in seen[0].p}
    harder = nulls["the harder of both"]
    yield Section(
        title="Worlds without coordination: viral links, fans, newsrooms, headline bots, a televised debate",
        figures=(
            plain("worlds, accounts each, shares", f"{len(seeds)}, 50,000, {sum(one.shares for one in seen):,}"),
            at_most("false edges at q <= .01", sum(one.false_edges for one in seen), 0, 0),
            plain("edges among newsrooms and headline bots, which do act together", sum(one.others for one in seen)),
            *(
                at_most(f"tail of p at {at:g}, times nominal", float(np.mean(harder <= at)) / at, _MOST, 2)
                for at in NOMINAL
            ),
        ),
        head=("null", "p", "KS distance", *(f"tail at {at:g}, times nominal" for at in NOMINAL)),
        rows=tuple(_row(name, p) for name, p in nulls.items()),
        notes=(
            "A false edge is any outside a newsroom's or a feed's own accounts. p is made continuous and looked at "
            f"over pairs that expect {LEAST_EXPECTED} co-shares and more, newsrooms and feeds apart. An edge's p is "
            "that of the harder null, so its tail lies below nominal; the bar is held from above, since too small a p "
            "accuses and too large a one only finds less.",
        ),
    )


def _one(made: World, seed: int) -> _Seen:
    shares = columns_of(made)
    test = tested(shares, np.arange(len(shares)), window_seconds=60.0, q_max=0.01, cap=200)
    together = in_one_group(made, test.edges.left, test.edges.right)
    return _Seen(len(shares), int((~together).sum()), int(together.sum()), _p(made, test, seed))


def in_one_group(made: World, left: Ints, right: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether both accounts are of one newsroom, feed or planted group."""
    return np.asarray((made.group[left] == made.group[right]) & (made.group[left] >= 0))


def _p(made: World, test: Tested, seed: int) -> dict[str, Floats]:
    """Continuous p under either null, and under the one that expects more."""
    rng = np.random.default_rng(seed)
    accounts = len(made.kind)
    seen = [watched(test.slots, null) for null in (test.rhythm, test.sources)]
    keys = [pairs.left * accounts + pairs.right for pairs in seen]
    key = np.unique(np.concatenate(keys))
    left, right = key // accounts, key % accounts
    organic = (made.kind[left] == 0) | (made.kind[right] == 0)
    left, right = left[organic], right[organic]
    means = {
        "rhythm alone": expected(test.rhythm, left, right),
        "common source alone": expected(test.sources, left, right),
    }
    means["the harder of both"] = np.maximum(*means.values())
    return {name: p_values(test.slots, _enough(left, right, mean), rng) for name, mean in means.items()}


def _enough(left: Ints, right: Ints, mean: Floats) -> Watched:
    chosen = mean >= LEAST_EXPECTED
    return Watched(left[chosen], right[chosen], mean[chosen])


def _row(name: str, p: Floats) -> tuple[str, ...]:
    ordered = np.sort(p)
    steps = np.arange(1, len(p) + 1) / len(p)
    distance = float(np.max(np.abs(steps - ordered)))
    return (name, f"{len(p):,}", f"{distance:.3f}", *(f"{np.mean(p <= at) / at:.2f}" for at in NOMINAL))
