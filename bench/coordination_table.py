"""Tables of shares as the columns that the test takes: a generated world, or a file of bare shares."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analysis.sharing import UNKNOWN, Shares, Thing
from bench.coordination_world import Floats, Ints, World
from bench.windows import read_rows


def columns_of(world: World, *, source_known: bool = True) -> Shares:
    """The shares of a world, each a message of its own."""
    source = world.source if source_known else np.full(len(world.source), UNKNOWN)
    return table(world.account, world.thing, world.seconds, source, len(world.kind))


def table(account: Ints, thing: Ints, seconds: Floats, source: Ints, accounts: int) -> Shares:
    """Shares with made-up names."""
    order = np.lexsort((account, seconds, thing))
    rows = len(order)
    return Shares(
        account=account[order],
        thing=thing[order],
        seconds=seconds[order],
        source=source[order],
        message=np.arange(rows),
        platform=np.zeros(rows, np.int64),
        accounts=_Names("a", accounts),
        things=[Thing("object", "")] * (int(thing.max(initial=-1)) + 1),
        sources=_Names("s", int(source.max(initial=-1)) + 1),
        messages=_Names("m", rows),
        platforms=["generated"],
    )


class _Names(Sequence[str]):
    """A letter and a number, made when asked for: a million names take no memory that a measurement would see."""

    def __init__(self, letter: str, number: int) -> None:
        self._letter, self._number = letter, number

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # no slice is ever taken
        return f"{self._letter}{at}"


def bare_shares(path: Path) -> tuple[Shares, list[str]]:
    """A table of object, account and time, whose sources nobody named; and the names of its accounts."""
    rows = read_rows(path)
    accounts, account = np.unique([row["account_id"] for row in rows], return_inverse=True)
    _, thing = np.unique([row["object_id"] for row in rows], return_inverse=True)
    seconds = np.array([float(row["timestamp_share"]) for row in rows])
    unknown = np.full(len(rows), UNKNOWN)
    return table(account, thing, seconds, unknown, len(accounts)), accounts.tolist()
