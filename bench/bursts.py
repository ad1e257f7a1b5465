"""Bursts: how often chance alone looks like one, by each of the three nulls, on worlds without coordination."""

import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from analysis.bursts.columns import columns
from analysis.bursts.switching import p_values as switching_p
from analysis.bursts.uses import uses
from analysis.bursts.waking import HOUR, LENGTHS
from analysis.bursts.waking import p_values as waking_p
from analysis.detectors.bursts import detect
from bench import bursts_fans, bursts_planted, bursts_speed
from bench.bursts_tails import heads, tail_ratios
from bench.bursts_worlds import calm, long_run
from bench.section import Figure, Options, Section, plain
from ingest import Message

# Seeds that no choice was made on.
FIRST_SEED = 5_000
Worlds = Callable[[int], list[Message]]


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Calibration of each part, then power and controls, then speed; `data` may hold coordination/."""
    seeds = range(FIRST_SEED, FIRST_SEED + (3 if options.quick else 20))
    yield switching(seeds)
    yield waking(seeds[: max(len(seeds) // 2, 2)])
    yield bursts_fans.calibration(seeds)
    table = data / "coordination" / "russian_tweets.csv.gz"
    if table.is_file():
        yield real_shares(table)
    yield from bursts_planted.measure(seeds)
    yield bursts_fans.planted(seeds)
    yield bursts_speed.measure(options)


def switching(seeds: Sequence[int]) -> Section:
    """p of hashtags among accounts that heed nobody."""
    worlds: dict[str, Worlds] = {
        "messages name their language": calm,
        "two clocks, language not told": partial(calm, told=False),
        "few accounts that post much": partial(calm, accounts=300, sessions=40.0),
    }
    rows = []
    for name, world in worlds.items():
        p, bursts = [], 0
        for seed in seeds:
            messages = world(seed)
            read, _ = columns(messages)
            p.append(switching_p(read, uses(read, ()), min_accounts=5))
            bursts += len(detect(messages, []).findings)
        rows.append((name, *tail_ratios(np.concatenate(p)), str(bursts)))
    return Section(
        title="Bursts: switching on, accounts that heed nobody",
        head=("world", "tested", *heads(), "findings at q <= .01"),
        rows=tuple(rows),
        notes=("Share of p below each level, as a multiple of it; the bound is meant to stay below 1.",),
    )


def waking(seeds: Sequence[int]) -> Section:
    """p of hours in which accounts end a silence, with news that wakes some."""
    rows = []
    for unrest in (0.0, 0.2, 0.4, 0.8):
        read = [columns(long_run(seed, unrest=unrest))[0] for seed in seeds]
        for length in LENGTHS:
            parts = [_waking(waking_p(one, gap_days=30, history_days=28, length=length)) for one in read]
            rows.append((f"{unrest:g}", f"{length // HOUR} h", *tail_ratios(np.concatenate(parts))))
    return Section(
        title="Bursts: waking, accounts that heed only the news",
        head=("unrest (log spread of a day's news)", "block", "judged", *heads()),
        rows=tuple(rows),
    )


def real_shares(table: Path) -> Section:
    """Real shares: what is found, what is found with the times shuffled, and the tails of waking."""
    messages = _shares(table)
    shuffled = [_with_times_shuffled(messages, seed) for seed in range(3)]
    found = detect(messages, [])
    read, _ = columns(messages)
    rows = [
        (
            f"{gap}",
            f"{length // HOUR} h",
            *tail_ratios(_waking(waking_p(read, gap_days=gap, history_days=28, length=length))),
        )
        for gap in (14, 30)
        for length in LENGTHS
    ]
    by_chance = sum(len(detect(one, []).findings) for one in shuffled)
    return Section(
        title="Bursts: real shares",
        figures=(
            plain(
                "shares; subjects and blocks tested; findings",
                f"{len(messages):,}; {found.tested:,}; {len(found.findings):,}",
            ),
            Figure(
                what="findings with the times shuffled, three times", value=str(by_chance), bar="0", met=by_chance == 0
            ),
        ),
        head=("silent for days", "block", "judged", *heads()),
        rows=tuple(rows),
        notes=("Nothing says which of these wakes were arranged: tails near 1 mean that next to none looked so.",),
    )


def _waking(judged: tuple[NDArray[np.float64], int]) -> NDArray[np.float64]:
    """p of all blocks: those without a wake have p = 1."""
    p, number = judged
    return np.concatenate([p, np.ones(number - len(p))])


def _shares(table: Path) -> list[Message]:
    with gzip.open(table, "rt", encoding="utf-8") as file:
        return [
            Message(
                id=f"m_{row['content_id']}",
                source="shares",
                native_id=row["content_id"],
                kind="share",
                text="",
                text_written="",
                author=row["account_id"],
                published=datetime.fromtimestamp(float(row["timestamp_share"]), UTC),
                published_precision="second",
                links=(row["object_id"],),
            )
            for row in csv.DictReader(file)
        ]


def _with_times_shuffled(messages: list[Message], seed: int) -> list[Message]:
    times = [message.published for message in messages]
    Random(seed).shuffle(times)
    return [replace(message, published=time) for message, time in zip(messages, times, strict=True)]
