"""A newsroom: three accounts that post every article of their own site within seconds."""

import random
from collections.abc import Iterator
from datetime import timedelta

from stemwacht.demo.accounts import MONDAY, Account
from stemwacht.demo.grammar import fill, realise
from stemwacht.demo.news import published_between
from stemwacht.demo.scene import Cast, Scene, posted
from stemwacht.demo.truth import Group

OUTLET = "radio-vliet"
ARTICLES_PER_DAY = 6
ACCOUNTS = (
    Account("radiovliet", "x", "nl"),
    Account("radiovliet_live", "bluesky", "nl"),
    Account("radiovliet_regio", "mastodon", "nl"),
)
SLOWEST_SECONDS = 25


def newsroom(scene: Scene, rng: random.Random) -> Iterator[Cast]:
    """Six articles a day, all week, each under a headline of its own on three accounts."""
    group = Group(name="control-newsroom", kind="newsroom", planted=False)
    headlines = list(scene.step["news"].productions)
    rng.shuffle(headlines)
    number = 0
    for day in (MONDAY + timedelta(days=days) for days in range(7)):
        articles = published_between(scene.news, OUTLET, day, day + timedelta(days=1))
        for article in sorted(rng.sample(articles, ARTICLES_PER_DAY), key=lambda chosen: chosen.published):
            headline = fill(scene.step, headlines[number % len(headlines)], rng, {})
            number += 1
            for account in ACCOUNTS:
                at = article.published + timedelta(seconds=rng.uniform(1, SLOWEST_SECONDS))
                yield posted(account, realise(headline, rng), at, links=(article.url,)), group
