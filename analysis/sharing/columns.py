"""Shares as columns: who shared which thing when, and where the thing comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.finding import Trace

UNKNOWN = -1


class Thing(NamedTuple):
    """Something that can be shared: the kind of trace and what it is."""

    trace: Trace
    value: str


@dataclass(frozen=True)
class Shares:
    """One row a share, ordered by thing, time, account and message.

    `account`, `thing`, `source`, `message` and `platform` are places in the tables of names, which are sorted;
    `source` is UNKNOWN where the data do not name one. `seconds` are since 1970, UTC. `notes` say what could not be
    judged and why.
    """

    account: NDArray[np.int64]
    thing: NDArray[np.int64]
    seconds: NDArray[np.float64]
    source: NDArray[np.int64]
    message: NDArray[np.int64]
    platform: NDArray[np.int64]
    accounts: Sequence[str]
    things: Sequence[Thing]
    sources: Sequence[str]
    messages: Sequence[str]
    platforms: Sequence[str]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.account)
