"""First comments where accounts differ in pace: how often chance looks like a chorus, and whether one is found."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product

import numpy as np

from analysis.bursts.columns import Columns, columns
from analysis.bursts.comments import Comments
from analysis.bursts.comments import comments as answers
from analysis.bursts.first_comments import Chorus, choruses, p_values
from analysis.bursts.haste import hastes
from bench.bursts_fan_worlds import chorus, fans
from bench.bursts_tails import heads, tail_ratios
from bench.bursts_worlds import comments
from bench.section import Section
from ingest import Message

_WORLDS = 10
_ALIKE: dict[str, Callable[[int], list[Message]]] = {
    "all answer all: 0": comments,
    "all answer all: .5": partial(comments, pace=0.5),
    "all answer all: 1": partial(comments, pace=1.0),
    "two in five answer one author: .5": partial(fans, pace=0.5),
    "two in five answer one author: 1": fans,
    "four in five answer one author: 1": partial(fans, loyal=0.8),
    "two in five, uneven posts: 1": partial(fans, uneven=True),
    "two in five, who are quicker by 1: 1": partial(fans, eager=1.0),
    "two in five, quicker with some authors (spread .5): 1": partial(fans, crowd=0.5),
    "four in five, quicker with some authors (spread 1): 1": partial(fans, crowd=1.0, loyal=0.8),
}


def calibration(seeds: Sequence[int]) -> Section:
    """p of accounts' places and paces, without a chorus."""
    rows = []
    for name, world in _ALIKE.items():
        by_places, larger, bursts = [], [], 0
        for seed in seeds:
            read, _ = columns(world(seed))
            given, _ = answers(read)
            by_places.append(hastes(read, given, first_seconds=np.inf).p)
            larger.append(p_values(read, given, first_seconds=np.inf))
            bursts += len(_found(read, given))
        places = tail_ratios(np.concatenate(by_places))[2]
        rows.append((name, *tail_ratios(np.concatenate(larger)), places, str(bursts)))
    return Section(
        title="Bursts: first comments",
        head=("world: spread of the accounts' own pace (log)", "tested", *heads(), "by places alone", "findings"),
        rows=tuple(rows),
        notes=(
            "The larger of two p; by places alone at 0.01. Findings at q <= .01.",
            "Where the loyal readers of some authors are all quicker and answer nobody else, nothing says by nature.",
        ),
    )


def planted(seeds: Sequence[int]) -> Section:
    """Choruses of several sizes among accounts of differing pace."""
    rows = []
    for pace, loyal in ((0.5, 0.4), (1.0, 0.4), (1.0, 0.8)):
        worlds = [fans(seed, pace=pace, loyal=loyal) for seed in seeds[:_WORLDS]]
        for posts, elsewhere in product((10, 20), (0, 10, 20)):
            found = [
                _planted(worlds, seeds, accounts=accounts, posts=posts, elsewhere=elsewhere) for accounts in (5, 8, 10)
            ]
            rows.append((f"{pace:g}", f"{loyal:g}", str(posts), str(elsewhere), *found))
    return Section(
        title="Bursts planted: a chorus that answers an author within 3 to 20 seconds, four posts in five",
        head=("spread of pace", "loyal", "posts", "comments elsewhere", "5 accounts", "8 accounts", "10 accounts"),
        rows=tuple(rows),
        notes=("Of ten worlds those in which it is found; share of its members; other accounts told; other findings.",),
    )


def _planted(worlds: list[list[Message]], seeds: Sequence[int], *, accounts: int, posts: int, elsewhere: int) -> str:
    hits, members, beside, others = 0, 0, 0, 0
    for seed, world in zip(seeds, worlds, strict=False):
        read, _ = columns(world + chorus(world, seed, accounts=accounts, posts=posts, elsewhere=elsewhere))
        told = _found(read, answers(read)[0])
        theirs = [_accounts(read, one) for one in told if read.accounts[one.author] == "aauthor3"]
        in_it = sum(account.startswith("achorus") for one in theirs for account in one)
        hits += in_it > 0
        members += in_it
        beside += sum(map(len, theirs)) - in_it
        others += len(told) - len(theirs)
    return f"{hits}; {members / (accounts * len(worlds)):.2f}; {beside}; {others}"


def _found(read: Columns, given: Comments) -> list[Chorus]:
    """As `detect` does with what it is given by default."""
    return choruses(read, given, q_max=0.01, min_accounts=5, first_seconds=60)[0]


def _accounts(read: Columns, one: Chorus) -> set[str]:
    return {read.accounts[account] for account in read.account[one.rows]}
