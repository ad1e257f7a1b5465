"""How long the test of sharing takes and how much memory, beside a bare sweep; and how both grow with the shares."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.sharing import Shares, communities, tested
from bench.apart import apart
from bench.coordination_sweep import Swept, sweep
from bench.coordination_table import table
from bench.coordination_world import SITES
from bench.machine import peak_memory
from bench.section import Figure, Options, Section, at_most, plain

WINDOW = 60.0
_DAYS = 7
_VIRAL_SECONDS = 600
_MOST_SECONDS, _MOST_MEGABYTES = 4.0, 600.0
_SIZES = (10_000, 100_000, 1_000_000)
_BEST_OF = 3
_CAP = 200


class _Timed(NamedTuple):
    """Seconds from columns to communities (the best of three), peak memory in MB, shares bounded, edges."""

    seconds: float
    memory: float
    capped: int
    edges: int


def measure(data: Path, options: Options) -> Iterator[Section]:
    """A million shares; sizes from 10,000, to 5,000,000 unless --quick. The uncapped sweep needs 3 GB."""
    sizes = _SIZES if options.quick else (*_SIZES, 5_000_000)
    timed = {size: apart(_timed, size) for size in sizes}
    swept = {size: apart(_swept, size, None) for size in _SIZES}
    bounded = apart(_swept, 1_000_000, _CAP)
    yield Section(
        title="Sharing: speed, one thing shared by every account within ten minutes",
        figures=(*_million(timed[1_000_000], swept[1_000_000], bounded), *_slopes(timed)),
        head=("shares", "accounts", "test, seconds", "µs a share", "memory, MB", "not paired", "bare sweep, seconds"),
        rows=tuple(_row(size, one, swept.get(size)) for size, one in timed.items()),
        notes=(
            "The test runs from shares in columns to communities, on one core, the best of three, in a process of its "
            "own; memory is that process's peak, the shares and the interpreter included. The bare sweep pairs every "
            "two close shares and counts by pair of accounts, without a cap and without a null.",
        ),
    )


def _million(timed: _Timed, swept: Swept, bounded: Swept) -> Iterator[Figure]:
    yield at_most("a million shares of 50,000 accounts, seconds", timed.seconds, _MOST_SECONDS, 2)
    yield at_most("a million shares, peak memory in MB", timed.memory, _MOST_MEGABYTES, 0)
    yield plain(f"times a bare {swept.way} sweep of the same", f"{timed.seconds / swept.seconds:.2f}")
    yield plain("close pairs of shares that the sweep counts", f"{swept.close:,}")
    yield plain(f"times a {swept.way} sweep with the same cap", f"{timed.seconds / bounded.seconds:.1f}")
    yield plain("close pairs of shares that remain under the cap", f"{bounded.close:,}")


def _slopes(timed: dict[int, _Timed]) -> Iterator[Figure]:
    """Over all sizes, and over the two largest, where what is the same at every size weighs little."""
    for sizes in (sorted(timed), sorted(timed)[-2:]):
        seconds = np.log10([timed[size].seconds for size in sizes])
        power = float(np.polyfit(np.log10(sizes), seconds, 1)[0])
        yield plain(f"seconds grow with shares to the power, {sizes[0]:,} to {sizes[-1]:,}", f"{power:.2f}")


def _row(size: int, timed: _Timed, swept: Swept | None) -> tuple[str, ...]:
    return (
        f"{size:,}",
        f"{size // 20:,}",
        f"{timed.seconds:.2f}",
        f"{timed.seconds / size * 1e6:.2f}",
        f"{timed.memory:.0f}",
        f"{timed.capped:,}",
        f"{swept.seconds:.2f}" if swept else "",
    )


def stream(size: int, seed: int = 0) -> Shares:
    """A week of shares: active and idle accounts, Zipf-popular things of 300 sites, one thing shared by everyone."""
    rng = np.random.default_rng(seed)
    accounts, things = size // 20, size // 5
    weight = rng.pareto(1.3, accounts) + 0.2
    popularity = 1.0 / np.arange(1, things + 1)
    organic = size - accounts
    account = np.concatenate([rng.choice(accounts, organic, p=weight / weight.sum()), np.arange(accounts)])
    thing = np.concatenate(
        [
            rng.permutation(things)[rng.choice(things, organic, p=popularity / popularity.sum())],
            np.full(accounts, things),
        ]
    )
    moments = rng.random(organic) * _DAYS * 86_400.0
    viral = 3 * 86_400.0 + rng.random(accounts) * _VIRAL_SECONDS
    seconds = 1_793_577_600.0 + np.floor(np.concatenate([moments, viral]))
    return table(account, thing, seconds, thing % SITES, accounts)


def _timed(size: int) -> _Timed:
    shares = stream(size)
    rows = np.arange(len(shares))
    taken, memory = [], 0.0
    for _ in range(_BEST_OF):
        began = time.perf_counter()
        test = tested(shares, rows, window_seconds=WINDOW, q_max=0.01, cap=_CAP)
        communities(test.edges)
        taken.append(time.perf_counter() - began)
        # Of the first alone: later ones keep what the one before has found.
        memory = memory or peak_memory()
    return _Timed(min(taken), memory, int(test.slots.capped.sum()), len(test.edges))


def _swept(size: int, cap: int | None) -> Swept:
    return sweep(stream(size), window_seconds=WINDOW, cap=cap)
