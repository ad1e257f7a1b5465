"""A viral link: hundreds of people pass on one article, most of them in the first hours."""

import random
from collections.abc import Iterator
from datetime import timedelta

from stemwacht.demo.accounts import ELECTION_DAY, distinct
from stemwacht.demo.news import published_between
from stemwacht.demo.post import organic_text
from stemwacht.demo.scene import Cast, Scene, posted
from stemwacht.demo.truth import Group

OUTLET = "stadskrant"
DAY = ELECTION_DAY + timedelta(days=1)
FEWEST, MOST = 120, 300
FADES_HOURS = 5.0
SHARES = {"nl": 0.8, "en": 0.1, "de": 0.1}


def viral_link(scene: Scene, size: int, rng: random.Random) -> Iterator[Cast]:
    """A comment of each sharer's own, at a rate that falls off within a day; up to 300 of them in `size` posts."""
    group = Group(name="control-viral-link", kind="viral_link", planted=False)
    article = published_between(scene.news, OUTLET, DAY, DAY + timedelta(days=1))[0]
    count = min(MOST, max(FEWEST, size // 50))
    for language, share in SHARES.items():
        for account in distinct(scene.people, language, round(share * count), rng):
            text = organic_text(scene.grammars[language], rng, reply=False)
            at = article.published + timedelta(hours=min(24.0, rng.expovariate(1 / FADES_HOURS)), minutes=2)
            yield posted(account, text, at, links=(article.url,)), group
