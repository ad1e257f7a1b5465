"""Worlds of commenters that differ in pace, some of whom answer one author only, and a chorus to plant in them."""

from datetime import timedelta

import numpy as np

from bench.bursts_worlds import DAY, START, post
from ingest import Message

_MEDIAN_SECONDS, _SPREAD = 90.0, 1.2


def fans(
    seed: int,
    *,
    pace: float = 1.0,
    loyal: float = 0.4,
    eager: float = 0.0,
    crowd: float = 0.0,
    uneven: bool = False,
    authors: int = 12,
    posts: int = 60,
    readers: int = 400,
    days: int = 20,
) -> list[Message]:
    """Posts and comments by accounts that heed nobody, each at a pace of its own (`pace` is the spread of its log).

    A share `loyal` of the readers answer one author only. `eager` is by how much (log) those are quicker than the rest,
    `crowd` the spread (log) of the pace of authors' loyal readers as a whole. On `uneven` posts all come sooner or
    later, closer together or further apart, and one comment in ten at any time of the day after.
    """
    rng = np.random.default_rng([seed, 7])
    home = np.where(rng.random(readers) < loyal, rng.integers(0, authors, readers), -1)
    speed = rng.normal(0, pace, readers) + np.where(home < 0, 0.0, rng.normal(0, crowd, authors)[home] - eager)
    keen = rng.gamma(0.3, size=readers)
    found: list[Message] = []
    for author in range(authors):
        welcome = np.where((home < 0) | (home == author), keen, 0.0)
        for moment in np.sort(rng.integers(0, days * DAY, posts)):
            original = post(len(found), f"author{author}", int(moment), name="f")
            found.append(original)
            those = rng.choice(readers, int(rng.integers(3, 40)), replace=False, p=welcome / welcome.sum())
            delay = _MEDIAN_SECONDS * np.exp(rng.normal(0, _SPREAD, len(those)) + speed[those])
            if uneven:
                delay = delay ** rng.uniform(0.6, 1.3) * np.exp(rng.normal(0, 0.7))
                delay = np.where(rng.random(len(those)) < 0.1, rng.uniform(0, DAY, len(those)), delay)
            for one, after in zip(those, delay, strict=True):
                found.append(post(len(found), int(one), float(moment + after), reply_to=original.id, name="f"))
    return found


def chorus(world: list[Message], seed: int, *, accounts: int, posts: int, elsewhere: int) -> list[Message]:
    """Accounts that answer so many posts of one author within 3 to 20 seconds, four in five of them.

    Each also answers `elsewhere` posts of other authors, as ordinary readers do.
    """
    rng = np.random.default_rng([seed, 11])
    originals = [m for m in world if m.reply_to is None]
    theirs = [m for m in originals if m.author == "aauthor3"]
    first = int(rng.integers(0, len(theirs) - posts + 1))
    answers = [
        (m, n, float(rng.integers(3, 20)))
        for m in theirs[first : first + posts]
        for n in range(accounts)
        if rng.random() < 0.8
    ]
    rest = [m for m in originals if m.author != "aauthor3"]
    for n in range(accounts):
        chosen = rng.choice(len(rest), elsewhere, replace=False)
        delay = _MEDIAN_SECONDS * np.exp(rng.normal(0, _SPREAD, elsewhere))
        answers += [(rest[at], n, float(after)) for at, after in zip(chosen, delay, strict=True)]
    return [
        post(i, f"chorus{n}", _second(m) + delay, reply_to=m.id, name="p") for i, (m, n, delay) in enumerate(answers)
    ]


def _second(message: Message) -> float:
    return ((message.published or START) - START) / timedelta(seconds=1)
