"""A generated world of shares without coordination, in columns: readers, viral links, fans, newsrooms, headline bots.

Every account has its own activity and waking hours. Articles of a site are shared for hours after they appear, by
whoever is awake; viral links by thousands; hubs' posts by their fans, many within seconds of the post; newsrooms by
their three accounts at once; feeds by bots at a fixed delay; a televised debate by thousands in the same minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DAYS = 14
START = 1_793_577_600.0
_DAY = 86_400.0
SITES = 300
_HUBS = 200


@dataclass(frozen=True)
class World:
    """Shares in columns; `kind` by account: 0 organic, 1 newsroom, 2 headline bot, 3 planted; `group` or -1."""

    account: Ints
    thing: Ints
    seconds: Floats
    source: Ints
    kind: Ints
    group: Ints


@dataclass(frozen=True)
class People:
    """By account: activity (sums to 1) and the hour of the day at which it is most awake."""

    activity: Floats
    noon: Floats

    def awake(self, account: Ints, seconds: Floats) -> Floats:
        """How likely the account is awake then, 0 to 1."""
        hour = (seconds / 3_600.0) % 24.0
        return np.asarray((0.5 + 0.5 * np.cos((hour - self.noon[account]) * np.pi / 12)) ** 2)


Columns = tuple[Ints, Ints, Floats, Ints]


def world(seed: int, *, accounts: int = 50_000, shares: int = 300_000) -> World:
    """About `shares` shares by readers, and those of fans, newsrooms, bots and viral links beside them."""
    rng = np.random.default_rng(seed)
    weight = rng.pareto(1.3, accounts) + 0.2
    people = People(weight / weight.sum(), rng.normal(14.0, 3.0, accounts) % 24)
    kind, group = np.zeros(accounts, np.int64), np.full(accounts, -1, np.int64)
    births, sites = _articles(rng, max(shares // 4, 10))
    parts = [_readers(rng, people, births, sites, shares), *_feeds(rng, births, sites, kind, group)]
    things = len(births)
    for account, thing, seconds, source in (_viral(rng, people), _debate(rng, people), _fans(rng, people)):
        parts.append((account, thing + things, seconds, source))
        things += int(thing.max()) + 1
    account, thing, seconds, source = (np.concatenate(column) for column in zip(*parts, strict=True))
    return World(account, thing, np.floor(seconds), source, kind, group)


def _articles(rng: np.random.Generator, number: int) -> tuple[Floats, Ints]:
    sites = rng.choice(SITES, number, p=_zipf(SITES, 1.0))
    return START + np.sort(_daytime(rng, number)), sites


def _readers(rng: np.random.Generator, people: People, births: Floats, sites: Ints, shares: int) -> Columns:
    """Readers choose articles by popularity and share them hours after they appear, while awake."""
    popularity = rng.permutation(_zipf(len(births), 0.8))
    article = rng.choice(len(births), 3 * shares, p=popularity)
    account = rng.choice(len(people.noon), 3 * shares, p=people.activity)
    seconds = births[article] + rng.lognormal(np.log(2 * 3_600), 1.3, 3 * shares)
    kept = np.flatnonzero(rng.random(3 * shares) < people.awake(account, seconds))[:shares]
    return account[kept], article[kept], seconds[kept], sites[article[kept]]


def _viral(rng: np.random.Generator, people: People) -> Columns:
    """Twelve links, the first shared by a third of all accounts within hours, the n-th by an n-th of these."""
    size = np.maximum(len(people.noon) // 3 // np.arange(1, 13), 5)
    thing = np.repeat(np.arange(12), size)
    account = np.concatenate([_some(rng, people, int(count)) for count in size])
    began = START + rng.random(12) * (DAYS - 1) * _DAY
    seconds = began[thing] + rng.gamma(2.0, 5_000.0, len(thing))
    return account, thing, seconds, rng.integers(0, SITES, 12)[thing]


def _debate(rng: np.random.Generator, people: People) -> Columns:
    """One evening: twelve clips of one channel, each shared by hundreds within two minutes."""
    size = max(len(people.noon) // 100, 5)
    watching = _some(rng, people, 6 * size)
    thing = np.repeat(np.arange(12), size)
    account = np.concatenate([rng.choice(watching, size, replace=False) for _ in range(12)])
    seconds = START + 6.8 * _DAY + thing * 600 + rng.random(len(thing)) * 120
    return account, thing, seconds, np.full(len(thing), SITES + _HUBS)


def _fans(rng: np.random.Generator, people: People) -> Columns:
    """Hubs' posts, passed on by those of their fans who are awake: some nearly always, most now and then.

    Three in five do so within a minute of the post.
    """
    largest = len(people.noon) // 40
    followers = [
        _some(rng, people, max(int(largest * weight), 30)) for weight in _zipf(_HUBS, 0.7) / _zipf(_HUBS, 0.7)[0]
    ]
    eagerness = [rng.beta(0.5, 2.0, len(fans)) for fans in followers]
    posts = rng.integers(5, 80, _HUBS)
    hub = np.repeat(np.arange(_HUBS), posts)
    births = START + _daytime(rng, len(hub))
    account, thing = [], []
    for post, owner in enumerate(hub):
        fans = followers[owner]
        awake = people.awake(fans, np.full(len(fans), births[post]))
        shared = fans[rng.random(len(fans)) < eagerness[owner] * awake]
        account.append(shared)
        thing.append(np.full(len(shared), post))
    who, what = np.concatenate(account), np.concatenate(thing)
    soon = rng.random(len(who)) < 0.6
    lag = np.where(soon, rng.random(len(who)) * 60, rng.lognormal(np.log(1_800), 1.2, len(who)))
    return who, what, births[what] + lag, SITES + hub[what]


def _feeds(rng: np.random.Generator, births: Floats, sites: Ints, kind: Ints, group: Ints) -> Iterator[Columns]:
    """Twenty newsrooms of three accounts and thirty feeds of two to five bots; readers share their articles too."""
    free, own_sites = rng.permutation(len(kind)), rng.permutation(SITES)
    at = 0
    for number, site in enumerate(own_sites[:50].tolist()):
        bots = number >= 20
        size = int(rng.integers(2, 6)) if bots else 3
        members, at = free[at : at + size], at + size
        kind[members], group[members] = (2 if bots else 1), number
        own = np.flatnonzero(sites == site)[:60]
        habit = rng.random(size) * (20 if bots else 40) + (30 if bots else 0)
        account = np.repeat(members, len(own))
        thing = np.tile(own, size)
        seconds = births[thing] + np.repeat(habit, len(own)) + rng.random(len(account)) * 10
        yield account, thing, seconds, np.full(len(account), site)


def _some(rng: np.random.Generator, people: People, size: int) -> Ints:
    """Different accounts, the active ones first to come."""
    size = min(size, len(people.noon) // 2)
    order = np.argpartition(rng.exponential(size=len(people.noon)) / people.activity, size)[:size]
    return np.asarray(order, dtype=np.int64)


def _daytime(rng: np.random.Generator, number: int) -> Floats:
    """Moments of the fortnight, most of them by day."""
    hour = rng.normal(13.0, 4.0, number) % 24
    return np.asarray(rng.integers(0, DAYS - 1, number) * _DAY + hour * 3_600 + rng.random(number) * 60)


def _zipf(number: int, power: float) -> Floats:
    weight = 1.0 / np.arange(1, number + 1) ** power
    return np.asarray(weight / weight.sum())
