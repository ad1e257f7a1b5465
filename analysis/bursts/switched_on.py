"""Findings of what switched on, labelled with the benign kinds that they look like."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.bursts.benign import Regulars, rise_of_everything, share_by_spreading, tags_go_apart
from analysis.bursts.columns import Columns
from analysis.bursts.findings import accounts, end_of, finding, moment, steps
from analysis.bursts.labels import ALL_TALK_ROSE, FROM_ONE_MESSAGE, REGULARS, RISE, SPREADS, TAGS_APART, WORDS
from analysis.bursts.rhythm import Rhythm
from analysis.bursts.switching import Switch, Switches
from analysis.finding import Burst, Chance, Finding

_NULL = (
    "accounts that use it independently of one another, by the rhythm of their source and language and by its own at "
    "that time of day and week; each account counts once a day; over all its windows of 10 minutes to a day"
)
# Width of a step of the rhythm that is shown, by the length of the window in seconds.
_STEP = {600: 300, 1_800: 600, 7_200: 1_800, 21_600: 3_600, 86_400: 10_800}
_LENGTH = {600: "10 minutes", 1_800: "30 minutes", 7_200: "2 hours", 21_600: "6 hours", 86_400: "24 hours"}
_MARGIN = 12
_MOST = 0.5


def switch_findings(read: Columns, switched: Switches) -> list[Finding]:
    """A finding of each switch."""
    regulars = Regulars(read)
    return [_finding(read, switched.beat, regulars, switch) for switch in switched.found]


def _finding(read: Columns, beat: Rhythm, regulars: Regulars, switch: Switch) -> Finding:
    took_part = accounts(read, switch.rows)
    start, end = int(read.time[switch.rows[0]]), int(read.time[switch.rows[-1]]) + 1
    labels = tuple(_labels(read, beat, regulars, switch))
    burst = Burst(
        subject=switch.subject,
        value=switch.value,
        start=moment(start),
        end=end_of(read, switch.rows),
        observed=len(took_part),
        expected=round(switch.expected, 4),
        accounts=took_part,
        rhythm=steps(read, switch.every_row, start, end, _STEP[switch.length], _MARGIN),
        labels=labels,
    )
    chance = Chance(
        statistic=f"accounts within {_LENGTH[switch.length]}",
        observed=float(burst.observed),
        expected=burst.expected,
        p=switch.p,
        q=switch.q,
        null=_NULL,
    )
    return finding(read, switch.rows, burst=burst, chance=chance, notes=tuple(WORDS[label] for label in labels))


def _labels(read: Columns, beat: Rhythm, regulars: Regulars, switch: Switch) -> Iterator[str]:
    spreading, from_one = share_by_spreading(read, switch.rows)
    if spreading >= _MOST:
        yield SPREADS
    if from_one >= _MOST:
        yield FROM_ONE_MESSAGE
    if rise_of_everything(read, beat, _window(read, switch), switch.every_row) >= RISE:
        yield ALL_TALK_ROSE
    if switch.subject == "hashtags" and tags_go_apart(read, switch.rows, switch.value.split()):
        yield TAGS_APART
    if regulars.share(switch.rows, switch.every_row) >= _MOST:
        yield REGULARS


def _window(read: Columns, switch: Switch) -> NDArray[np.int64]:
    start = int(read.time[switch.rows[0]])
    return np.array([start, start + switch.length], np.int64)
