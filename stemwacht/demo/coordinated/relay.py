"""A relay: what one channel says on one platform stands minutes later in translation on another, again and again."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from stemwacht.demo.accounts import MONDAY, Account
from stemwacht.demo.grammar import Grammar, fill, read_grammar, realise
from stemwacht.demo.people import TEXTS
from stemwacht.demo.scene import Cast, Casting, Scene, posted
from stemwacht.demo.truth import Group

SOURCE_PLATFORM, RELAY_PLATFORM = "telegram", "x"
SOURCE_LANGUAGE = "en"
RELAYS = {"nl": 7, "de": 1, "fr": 1}  # accounts by language; one of them leaves out each story
FIRST_SECONDS, SPREAD_SECONDS = 75, 110  # after the source: the first relay, and from there to the last


def relay(scene: Scene, casting: Casting, rng: random.Random) -> Iterator[Cast]:
    """One channel tells seven stories, one a day; eight of nine accounts pass each on in Dutch, German or French."""
    lines = read_grammar(TEXTS / "posts_relay.txt")
    source = casting.draw(SOURCE_LANGUAGE, 1, rng, platform=SOURCE_PLATFORM)[0]
    relays = [
        account
        for language, count in RELAYS.items()
        for account in casting.draw(language, count, rng, platform=RELAY_PLATFORM)
    ]
    for story in range(len(lines[f"relay_{SOURCE_LANGUAGE}"].productions)):
        group = Group(name="post-relay", kind="relay", variant=f"story {story + 1}")
        told = MONDAY + timedelta(days=story, hours=rng.uniform(9, 21))
        yield posted(source, _told(lines, source, story, rng), told), group
        for account in rng.sample(relays, len(relays) - 1):
            yield posted(account, _told(lines, account, story, rng), _later(told, rng)), group


def _told(lines: Grammar, account: Account, story: int, rng: random.Random) -> str:
    production = lines[f"relay_{account.language}"].productions[story]
    return realise(fill(lines, production, rng, {}), rng)


def _later(told: datetime, rng: random.Random) -> datetime:
    return told + timedelta(seconds=FIRST_SECONDS + SPREAD_SECONDS * rng.betavariate(2, 2))
