"""Fans of a televised debate: everybody posts at the same moments, under the hashtag of the programme."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from stemwacht.demo.accounts import EARLIER_DAYS, ELECTION_DAY, Account, distinct, regulars
from stemwacht.demo.post import said
from stemwacht.demo.scene import Cast, Scene, posted
from stemwacht.demo.truth import Group

FANS, EARLIER_FANS = 130, 14
TAG = "Stadsdebat"
START = ELECTION_DAY - timedelta(hours=27, minutes=30)  # Monday evening
LASTS_MINUTES = 80
MOMENTS = (14, 37, 62)  # minutes after the start: when something is said that all react to
_SHAPES = (
    ("debate", "aside"),
    ("debate", "reaction"),
    ("reaction", "debate"),
    ("debate", "aside", "reaction"),
    ("topic",),
    ("topic", "reaction"),
)


def debate_fans(scene: Scene, rng: random.Random, *, history: bool) -> Iterator[Cast]:
    """Fans of the debate before the vote and, with `history`, the smaller public of the weeks before."""
    group = Group(name="control-debate", kind="debate_fans", planted=False)
    for account in distinct(scene.people, "nl", FANS, rng):
        yield posted(account, _text(scene, rng), START + _minutes(rng), tags=_tags(scene, account, rng)), group
    if not history:
        return
    for weeks in range(1, EARLIER_DAYS // 7 + 1):
        start: datetime = START - timedelta(weeks=weeks)
        for account in distinct(regulars(scene.people), "nl", EARLIER_FANS, rng):
            yield posted(account, _text(scene, rng), start + _minutes(rng), tags=_tags(scene, account, rng)), group


def _minutes(rng: random.Random) -> timedelta:
    """Three in four react within a minute and a half of the same moment."""
    if rng.random() < 0.75:
        return timedelta(minutes=rng.choice(MOMENTS) + 1.5 * rng.betavariate(1.5, 3))
    return timedelta(minutes=rng.uniform(0, LASTS_MINUTES))


def _text(scene: Scene, rng: random.Random) -> str:
    return " ".join(said(scene.step, symbol, rng) for symbol in rng.choice(_SHAPES))


def _tags(scene: Scene, account: Account, rng: random.Random) -> tuple[str, ...]:
    """Most use the programme's hashtag alone, some another one before or behind it."""
    other, chance = rng.choice(scene.dress.hashtags[account.language]), rng.random()
    return (TAG,) if chance < 0.6 else (TAG, other) if chance < 0.85 else (other, TAG)
