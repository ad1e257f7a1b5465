"""A network that shares the same links within a minute, each account in words of its own."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from stemwacht.demo.accounts import MONDAY
from stemwacht.demo.news import recent_article
from stemwacht.demo.post import organic_text
from stemwacht.demo.scene import Cast, Casting, Scene, posted
from stemwacht.demo.truth import Group

ACCOUNTS = 16
LINKS = 14
ABSENT = 0.08  # accounts that leave out a link
SHORTEST_SECONDS, LONGEST_SECONDS = 20, 50


def link_network(scene: Scene, casting: Casting, rng: random.Random) -> Iterator[Cast]:
    """Sixteen accounts share fourteen articles of many outlets, two a day, each within 20 to 50 seconds."""
    group = Group(name="post-link-network", kind="link_network")
    accounts = casting.draw("nl", ACCOUNTS, rng)
    outlets = [name for language in ("nl", "en", "de") for name in scene.news.outlets[language]]
    rng.shuffle(outlets)
    used: set[str] = set()
    for number in range(LINKS):
        start = _start(number, rng)
        url = _fresh(scene, outlets[number % len(outlets)], start, used, rng)
        span = rng.uniform(SHORTEST_SECONDS, LONGEST_SECONDS)
        for account in accounts:
            if rng.random() >= ABSENT:
                text = organic_text(scene.grammars["nl"], rng, reply=False)
                yield posted(account, text, start + timedelta(seconds=span * rng.random()), links=(url,)), group


def _start(number: int, rng: random.Random) -> datetime:
    """Once before noon and once in the afternoon or evening of each day."""
    hours = rng.uniform(8, 12) if number % 2 == 0 else rng.uniform(15, 22)
    return MONDAY + timedelta(days=number // 2, hours=hours)


def _fresh(scene: Scene, outlet: str, at: datetime, used: set[str], rng: random.Random) -> str:
    """An article that is going round and that the network has not shared yet."""
    url = recent_article(scene.news, outlet, at, rng).url
    while url in used:
        url = recent_article(scene.news, outlet, at, rng).url
    used.add(url)
    return url
