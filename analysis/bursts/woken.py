"""Findings of accounts that woke together."""

import numpy as np

from analysis.bursts.benign import rise_of_everything
from analysis.bursts.columns import Columns
from analysis.bursts.findings import accounts, end_of, finding, moment, steps
from analysis.bursts.labels import ALL_TALK_ROSE, RISE, WORDS
from analysis.bursts.rhythm import Rhythm
from analysis.bursts.waking import HOUR, Wave
from analysis.finding import Burst, Chance, Finding

SILENT_HERE = "silent in these data: what these accounts did elsewhere is not known"
_NULL = (
    "accounts that wake independently, in proportion to how many are active and how many lie silent, at the hour's "
    "rate of the {days} days before and as over-dispersed as those were (beta-binomial)"
)
_MARGIN = 12


def wave_finding(read: Columns, beat: Rhythm, wave: Wave, gap_days: int, history_days: int) -> Finding:
    """The finding of one wave: `value` says how long its accounts were silent at least."""
    woke = accounts(read, wave.rows)
    hours = wave.length // HOUR
    window = np.array([wave.start, wave.start + wave.length], np.int64)
    labels = (ALL_TALK_ROSE,) if rise_of_everything(read, beat, window, wave.rows) >= RISE else ()
    burst = Burst(
        subject="waking",
        value=f"silent for {gap_days} days or more",
        start=moment(int(read.time[wave.rows[0]])),
        end=end_of(read, wave.rows),
        observed=len(woke),
        expected=round(wave.expected, 4),
        accounts=woke,
        rhythm=steps(read, wave.woken, wave.start, wave.start + wave.length, min(wave.length, 6 * HOUR), _MARGIN),
        labels=labels,
    )
    chance = Chance(
        statistic=f"accounts waking within {hours} {'hour' if hours == 1 else 'hours'}, of {wave.active} active",
        observed=float(burst.observed),
        expected=burst.expected,
        p=wave.p,
        q=wave.q,
        null=_NULL.format(days=history_days),
    )
    return finding(
        read, wave.rows, burst=burst, chance=chance, notes=(SILENT_HERE, *(WORDS[label] for label in labels))
    )
