"""Generated worlds without coordination to calibrate bursts on, and what is planted in them."""

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from ingest import Message

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = 86_400
_LANGUAGES = ("nl", "en")
_DEBATE_TAGS = (("debate",), ("debate", "vote"), (), ())
_LAG = (0, 6 * 3_600)
# Share of the day's sessions that begin in each hour, of a place where people sleep.
_HOURS = np.array([2, 1, 0.6, 0.4, 0.4, 0.8, 2, 4, 5, 5, 4.6, 4.6, 5, 4.6, 4.4, 4.4, 4.8, 5.4, 6, 7, 8, 7.6, 5.4, 3.4])


def calm(
    seed: int, *, accounts: int = 2_000, days: int = 21, tags: int = 300, sessions: float = 6.0, told: bool = True
) -> list[Message]:
    """Accounts that post in sessions by the clock of their language, each session with one of their own hashtags.

    Activity is lognormal, accounts pause for days, a session holds one to many messages: over-dispersed, and yet no
    account heeds another. `told` says whether messages name their language.
    """
    rng = np.random.default_rng(seed)
    activity = rng.lognormal(np.log(sessions) - 0.72, 1.2, accounts)
    tongue = (rng.random(accounts) < 0.35).astype(int)
    likes = _zipf(rng, tags, (accounts, 4))
    found: list[Message] = []
    for account in range(accounts):
        begins = session_starts(rng, int(rng.poisson(activity[account])), days, _LAG[tongue[account]])
        for begin in begins:
            tag = int(likes[account, rng.integers(4)])
            for second in _run(rng, int(begin)):
                language = _LANGUAGES[tongue[account]] if told else None
                found.append(post(len(found), account, second, tags=(f"t{tag}",), language=language))
    return found


def session_starts(rng: np.random.Generator, number: int, days: int, lag: int) -> NDArray[np.int64]:
    """Seconds from `START` at which sessions begin: by hour, fewer at weekends, none in the account's pauses."""
    on = np.flatnonzero(rng.random(days) < rng.uniform(0.3, 1.0))
    if not len(on):
        return np.zeros(0, np.int64)
    weekday = np.where(on % 7 >= 5, 0.7, 1.0)
    day = rng.choice(on, number, p=weekday / weekday.sum())
    hour = rng.choice(24, number, p=_HOURS / _HOURS.sum())
    begins = day * DAY + hour * 3_600 + rng.integers(0, 3_600, number) + lag
    return begins[begins < days * DAY].astype(np.int64)


def _run(rng: np.random.Generator, begin: int) -> NDArray[np.int64]:
    return np.asarray(begin + np.append(0, np.cumsum(rng.exponential(150, rng.geometric(0.4) - 1))), dtype=np.int64)


def _zipf(rng: np.random.Generator, number: int, shape: tuple[int, ...]) -> NDArray[np.int64]:
    weight = 1 / np.arange(1, number + 1)
    return rng.choice(number, shape, p=weight / weight.sum())


def post(
    number: int,
    account: int | str,
    second: float,
    *,
    tags: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    language: str | None = "nl",
    reply_to: str | None = None,
    repost_of: str | None = None,
    name: str = "w",
) -> Message:
    """A post so many seconds after `START`."""
    return Message(
        id=f"m_{name}{number:07}",
        source="generated",
        native_id=f"{name}{number}",
        kind="post",
        text=" ".join((*(f"#{tag}" for tag in tags), *links)),
        text_written="",
        author=f"a{account}",
        published=START + timedelta(seconds=int(second)),
        published_precision="second",
        language=language,
        hashtags=tags,
        links=links,
        reply_to=reply_to,
        repost_of=repost_of,
    )


def long_run(
    seed: int, *, accounts: int = 3_000, days: int = 160, rate: float = 0.12, unrest: float = 0.4
) -> list[Message]:
    """Half a year of accounts that often fall silent for weeks; days of news wake them, some more than others.

    `rate` is the median of sessions per day and account, `unrest` the spread (log) of what the days' news adds.
    """
    rng = np.random.default_rng(seed)
    # News carries over to the next day; accounts heed it by their own measure.
    news = np.zeros(days)
    for day in range(1, days):
        news[day] = 0.6 * news[day - 1] + rng.normal(0, unrest)
    rates = rate * rng.lognormal(-1.2, 1.6, accounts)
    heed = rng.uniform(0, 1.5, accounts)
    expected = rates[:, None] * np.exp(heed[:, None] * news[None, :])
    who, on = np.nonzero(rng.random(expected.shape) < 1 - np.exp(-expected))
    hour = rng.choice(24, len(on), p=_HOURS / _HOURS.sum())
    begins = on * DAY + hour * 3_600 + rng.integers(0, 3_600, len(on))
    found: list[Message] = []
    for one, begin in zip(who, begins, strict=True):
        for second in _run(rng, int(begin)):
            found.append(post(len(found), int(one), second))
    return found


def comments(
    seed: int, *, authors: int = 12, posts: int = 60, readers: int = 400, pace: float = 0.0, days: int = 20
) -> list[Message]:
    """Posts and the comments on them; `pace` is the spread (log) of how fast accounts are by nature, 0 for alike."""
    rng = np.random.default_rng(seed)
    speed = rng.normal(0, pace, readers)
    keen = rng.dirichlet(np.full(readers, 0.3))
    found: list[Message] = []
    for author in range(authors):
        for moment in np.sort(rng.integers(0, days * DAY, posts)):
            original = post(len(found), f"author{author}", int(moment), name="c")
            found.append(original)
            those = rng.choice(readers, int(rng.integers(3, 40)), replace=False, p=keen)
            delay = 90 * np.exp(rng.normal(0, 1.2, len(those)) + speed[those])
            for one, after in zip(those, delay, strict=True):
                found.append(post(len(found), int(one), float(moment + after), reply_to=original.id, name="c"))
    return found


def wave(seed: int, *, accounts: int = 30, minutes: int = 20, day: int = 10, hour: float = 20.0) -> list[Message]:
    """Accounts made for it use a hashtag of their own within so many minutes."""
    rng = np.random.default_rng(seed)
    begin = day * DAY + hour * 3_600
    moments = begin + rng.integers(0, minutes * 60, accounts)
    return [post(n, f"wave{n}", int(s), tags=("planted",), name="p") for n, s in enumerate(moments)]


def sleepers(seed: int, *, accounts: int = 15, day: int = 120, minutes: int = 60) -> list[Message]:
    """Accounts that each post once in the first weeks, and again within an hour, whole or not, of day `day`."""
    rng = np.random.default_rng(seed)
    early = rng.integers(0, (day - 60) * DAY, accounts)
    late = day * DAY + int(rng.integers(8 * 3_600, 22 * 3_600)) + rng.integers(0, minutes * 60, accounts)
    return [
        post(2 * n + at, f"sleeper{n}", int(second), name="p")
        for n, pair in enumerate(zip(early, late, strict=True))
        for at, second in enumerate(pair)
    ]


def debate(seed: int, *, fans: int = 300, minutes: int = 90, day: int = 10, hour: float = 20.5) -> list[Message]:
    """Fans of a televised debate: each posts a few times while it lasts, many within the same minute of a quip.

    Half of what they say carries no hashtag of the debate.
    """
    rng = np.random.default_rng(seed)
    begin = day * DAY + hour * 3_600
    quips = rng.integers(0, minutes * 60, 5)
    found: list[Message] = []
    for fan in range(fans):
        at_quips = quips[rng.random(5) < 0.4] + rng.exponential(25, 5)[0]
        for second in np.append(at_quips, rng.integers(0, minutes * 60, rng.integers(0, 3))):
            tags = _DEBATE_TAGS[rng.integers(len(_DEBATE_TAGS))]
            found.append(post(len(found), int(fan), begin + second, tags=tags, name="d"))
    return found


def cascade(seed: int, *, shares: int = 200, day: int = 10) -> list[Message]:
    """A link that goes viral: one post, reposted by ever fewer over a day."""
    rng = np.random.default_rng(seed)
    begin = day * DAY + int(rng.integers(8, 20)) * 3_600
    first = post(0, "origin", begin, links=("https://example.org/viral",), name="v")
    delays = np.sort(rng.exponential(4 * 3_600, shares))
    reposts = [
        post(n + 1, int(rng.integers(0, 2_000)), begin + int(d), links=first.links, repost_of=first.id, name="v")
        for n, d in enumerate(delays)
    ]
    return [first, *reposts]
