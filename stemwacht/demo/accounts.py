"""Who posts, and when: few accounts post a lot, most once or twice, and all of them sleep."""

import random
from bisect import bisect
from datetime import datetime, timedelta, timezone
from itertools import accumulate

import msgspec

from stemwacht.demo.post import LANGUAGES, Dress

ZONE = timezone(timedelta(hours=1))  # Dutch time in November
MONDAY = datetime(2026, 11, 16, tzinfo=ZONE)
ELECTION_DAY = MONDAY + timedelta(days=2)
EARLIER_DAYS = 70  # the ten weeks before the week
_REGULAR = 0.06  # share of the accounts that post before the week too, the most active ones
_DAY_WEIGHTS = (1.0, 1.3, 2.4, 1.5, 0.8, 0.6, 0.6)
_HOUR_WEIGHTS = (2, 1, 1, 1, 1, 2, 5, 9, 10, 8, 7, 8, 10, 9, 7, 7, 8, 10, 12, 13, 14, 13, 9, 5)
_DAYS = tuple(accumulate(_DAY_WEIGHTS))
_HOURS = tuple(accumulate(_HOUR_WEIGHTS))


class Account(msgspec.Struct, frozen=True):
    """One account on one platform."""

    handle: str
    platform: str
    language: str


class Crowd(msgspec.Struct, frozen=True):
    """The accounts of each language, most active first, with their running weights."""

    accounts: dict[str, tuple[Account, ...]]
    cumulative: dict[str, tuple[float, ...]]


def crowd(dress: Dress, posts: int, rng: random.Random) -> Crowd:
    """About one account for every three posts, with activity that falls off as a power of the rank."""
    accounts: dict[str, tuple[Account, ...]] = {}
    for language in LANGUAGES:
        size = max(150, round(posts * dress.share[language] / 3))
        accounts[language] = tuple(new_account(dress, language, row, rng) for row in range(size))
    cumulative = {
        language: tuple(accumulate((rank + 8) ** -0.8 for rank in range(len(members))))
        for language, members in accounts.items()
    }
    return Crowd(accounts, cumulative)


def somebody(people: Crowd, language: str, rng: random.Random) -> Account:
    """The account behind the next organic post in a language."""
    cumulative = people.cumulative[language]
    return people.accounts[language][bisect(cumulative, rng.random() * cumulative[-1])]


def distinct(people: Crowd, language: str, count: int, rng: random.Random) -> list[Account]:
    """That many different accounts of a language."""
    return rng.sample(people.accounts[language], count)


def moment(rng: random.Random) -> datetime:
    """A time in the week by the rhythm of the day, busiest on election day."""
    day = bisect(_DAYS, rng.random() * _DAYS[-1])
    hour = bisect(_HOURS, rng.random() * _HOURS[-1])
    return MONDAY + timedelta(days=day, hours=hour, seconds=int(rng.random() * 3600))


def regulars(people: Crowd) -> Crowd:
    """The accounts that post all the year round: they are seldom silent for a month."""
    sizes = {language: max(20, round(_REGULAR * len(members))) for language, members in people.accounts.items()}
    return Crowd(
        {language: members[: sizes[language]] for language, members in people.accounts.items()},
        {language: weights[: sizes[language]] for language, weights in people.cumulative.items()},
    )


def earlier_moment(rng: random.Random) -> datetime:
    """A time in the ten weeks before the week by the rhythm of the day, every day as busy as the next."""
    hour = bisect(_HOURS, rng.random() * _HOURS[-1])
    return (
        MONDAY
        - timedelta(days=int(rng.random() * EARLIER_DAYS) + 1)
        + timedelta(hours=hour, seconds=int(rng.random() * 3600))
    )


def new_account(dress: Dress, language: str, row: int, rng: random.Random) -> Account:
    """An account on any platform; `row` keeps its handle apart from the others of its language."""
    handle = f"{rng.choice(dress.handle_words)}{rng.choice(('_', '', '.'))}{rng.choice(dress.handle_words)}"
    return Account(f"{handle}{row}{language}", rng.choice(dress.platforms), language)
