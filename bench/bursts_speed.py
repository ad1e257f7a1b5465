"""How long bursts take as messages grow: reading messages into columns, and the statistics on the columns."""

import time

import numpy as np

from analysis.bursts.columns import columns
from analysis.bursts.comments import comments
from analysis.bursts.first_comments import choruses
from analysis.bursts.switching import switches
from analysis.bursts.uses import uses
from analysis.bursts.waking import waves
from analysis.detectors.bursts import detect
from bench.bursts_worlds import DAY, post
from bench.section import Options, Section
from ingest import Message


def measure(options: Options) -> Section:
    """10,000 and 100,000 messages, and a million with --long."""
    sizes = [10_000, 100_000, *([1_000_000] if options.long else [])]
    return Section(
        title="Bursts: seconds",
        head=("messages", "messages to columns", "statistics on columns", "all, with findings", "µs a message"),
        rows=tuple(_timed(size) for size in sizes),
        notes=() if options.long else ("A million messages are measured with --long.",),
    )


def _timed(size: int) -> tuple[str, ...]:
    messages = posts(size)
    began = time.perf_counter()
    read, _ = columns(messages)
    used = uses(read, ())
    reading = time.perf_counter() - began
    began = time.perf_counter()
    switches(read, used, q_max=0.01, min_accounts=5)
    waves(read, gap_days=30, history_days=28, q_max=0.01, min_accounts=5)
    choruses(read, comments(read)[0], q_max=0.01, min_accounts=5, first_seconds=60)
    statistics = time.perf_counter() - began
    began = time.perf_counter()
    detect(messages, [])
    whole = time.perf_counter() - began
    return f"{size:,}", f"{reading:.2f}", f"{statistics:.2f}", f"{whole:.2f}", f"{whole / size * 1e6:.1f}"


def posts(number: int) -> list[Message]:
    """Messages of three months: Zipf accounts, hashtags, links and answers; one in twenty shares a viral link."""
    rng = np.random.default_rng(number)
    account = rng.zipf(1.5, number) % max(number // 10, 100)
    second = np.sort(rng.integers(0, 90 * DAY, number))
    tag = rng.zipf(1.4, number) % max(number // 20, 10)
    link = rng.zipf(1.3, number) % max(number // 5, 10)
    viral = rng.random(number) < 0.05
    second[viral] = 40 * DAY + rng.integers(0, 3_600, int(viral.sum()))
    account[viral] = rng.integers(0, number, int(viral.sum()))
    answered = rng.integers(0, number, number)
    return [
        post(
            n,
            int(account[n]),
            int(second[n]),
            tags=(f"t{tag[n]}",),
            links=("https://example.org/viral",) if viral[n] else (f"https://example.org/{link[n]}",) * (n % 3 == 0),
            reply_to=f"m_w{answered[n] // 40 * 40:07}" if n % 4 == 0 else None,
        )
        for n in range(number)
    ]
