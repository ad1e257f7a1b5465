"""What is planted among organic accounts, and whether it is found; controls, and whether they are labelled."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np

from analysis import Finding
from analysis.detectors.bursts import detect
from bench.bursts_worlds import START, calm, cascade, comments, debate, long_run, post, sleepers, wave
from bench.section import Section
from ingest import Message

_WORLDS = 10


def measure(seeds: Sequence[int]) -> Iterator[Section]:
    """Waves, sleepers and hasty commenters of several sizes; a debate and a viral link."""
    few = seeds[:_WORLDS]
    yield _waves(few)
    yield _sleepers(few)
    yield _hasty(few)
    yield _controls(few)


def _waves(seeds: Sequence[int]) -> Section:
    worlds = [calm(seed) for seed in seeds]
    rows = []
    for accounts in (5, 10, 30):
        found = [_of(world + wave(seed, accounts=accounts), "topic") for seed, world in zip(seeds, worlds, strict=True)]
        held = [{a for f in one if f.burst and f.burst.value == "#planted" for a in f.burst.accounts} for one in found]
        others = sum(f.burst is not None and f.burst.value != "#planted" for one in found for f in one)
        rows.append((str(accounts), *_share(held, "awave", accounts), str(others)))
    return Section(
        title="Bursts planted: a hashtag by so many accounts within 20 minutes",
        head=("accounts", "worlds in which it is found", "members found", "other findings"),
        rows=tuple(rows),
    )


def _sleepers(seeds: Sequence[int]) -> Section:
    worlds = [long_run(seed) for seed in seeds]
    rows = []
    for accounts in (8, 10, 12, 15, 20):
        found = [
            _of(world + sleepers(seed, accounts=accounts), "waking") for seed, world in zip(seeds, worlds, strict=True)
        ]
        held = [{a for f in one if f.burst for a in f.burst.accounts} for one in found]
        others = sum(
            not any(a.startswith("asleeper") for a in f.burst.accounts) for one in found for f in one if f.burst
        )
        rows.append((str(accounts), *_share(held, "asleeper", accounts), str(others)))
    return Section(
        title="Bursts planted: sleepers that wake within an hour",
        head=("accounts", "worlds in which they are found", "members found", "other findings"),
        rows=tuple(rows),
        notes=("Hours of these worlds have 10 to 60 active accounts, a few of which wake on their own.",),
    )


def _hasty(seeds: Sequence[int]) -> Section:
    rows = []
    for posts in (10, 20, 40):
        held = []
        for seed in seeds:
            world = comments(seed)
            found = _of(world + _first_on(world, seed, posts), "first comments")
            held.append({a for f in found if f.burst for a in f.burst.accounts})
        rows.append((str(posts), *_share(held, "ahasty", 8)))
    return Section(
        title="Bursts planted: eight accounts that answer an author within 3 to 20 seconds, four posts in five",
        head=("posts", "worlds in which they are found", "members found"),
        rows=tuple(rows),
    )


def _first_on(world: list[Message], seed: int, posts: int) -> list[Message]:
    rng = np.random.default_rng(seed)
    theirs = [m for m in world if m.author == "aauthor3" and m.reply_to is None][:posts]
    pairs = [(m, n) for m in theirs for n in range(8) if rng.random() < 0.8]
    return [
        post(i, f"hasty{n}", _second(m) + int(rng.integers(3, 20)), reply_to=m.id, name="p")
        for i, (m, n) in enumerate(pairs)
    ]


def _second(message: Message) -> float:
    return ((message.published or START) - START) / timedelta(seconds=1)


def _controls(seeds: Sequence[int]) -> Section:
    rows = []
    for name, control, subject, value in (
        ("a televised debate", debate, "topic", "#debate"),
        ("a viral link", cascade, "link", "https://example.org/viral"),
    ):
        found = [f for seed in seeds for f in _of(calm(seed) + control(seed), subject) if f.burst]
        theirs = [f.burst for f in found if f.burst and f.burst.value == value]
        labels = sorted({label for burst in theirs for label in burst.labels})
        said = "; ".join(f"{label}: {sum(label in b.labels for b in theirs)}" for label in labels)
        rows.append((name, str(len(seeds)), str(len(theirs)), said))
    return Section(
        title="Bursts: controls, bursts that nobody arranged",
        head=("control", "worlds", "findings", "labels"),
        rows=tuple(rows),
    )


def _of(messages: list[Message], subject: str) -> list[Finding]:
    return [f for f in detect(messages, []).findings if f.burst and f.burst.subject == subject]


def _share(held: Sequence[set[str]], begins: str, planted: int) -> tuple[str, str]:
    """In how many worlds members were found, and what share of members."""
    members = [sum(account.startswith(begins) for account in accounts) for accounts in held]
    return f"{sum(n > 0 for n in members)} of {len(held)}", f"{sum(members) / (planted * len(held)):.2f}"
