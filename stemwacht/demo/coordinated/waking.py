"""Sleeping accounts: a few ordinary posts long ago, silence for weeks, and then all of them within an hour."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from stemwacht.demo.accounts import MONDAY, new_account
from stemwacht.demo.grammar import fill, realise
from stemwacht.demo.hand import sentence
from stemwacht.demo.organic_posts import dressed, organic_post
from stemwacht.demo.scene import Cast, Scene
from stemwacht.demo.truth import Group

ACCOUNTS = 15
WAKING = MONDAY + timedelta(days=5, hours=7, minutes=3)  # Saturday morning, when few others post
LASTS_MINUTES = 54
OLDEST_DAYS, YOUNGEST_DAYS = 68, 38  # before the week: when the accounts posted before they fell silent


def waking(scene: Scene, rng: random.Random) -> Iterator[Cast]:
    """Fifteen accounts outside the crowd: three to six posts of their own each, and one or two after the silence."""
    group = Group(name="post-waking", kind="waking")
    beyond = len(scene.people.accounts["nl"])
    accounts = [new_account(scene.dress, "nl", beyond + number, rng) for number in range(ACCOUNTS)]
    lines = list(scene.step["waking"].productions)
    rng.shuffle(lines)
    for number, account in enumerate(accounts):
        for _ in range(rng.randint(3, 6)):
            yield organic_post(scene, account, _before(rng), rng), None
        for turn in range(rng.choice((1, 1, 2))):
            line = lines[(number + 7 * turn) % len(lines)]
            text = sentence(realise(fill(scene.step, line, rng, {}), rng))
            yield dressed(scene.dress, account, text, _awake(rng), rng), group


def _before(rng: random.Random) -> datetime:
    return MONDAY - timedelta(days=rng.randint(YOUNGEST_DAYS, OLDEST_DAYS)) + timedelta(hours=rng.uniform(8, 23))


def _awake(rng: random.Random) -> datetime:
    return WAKING + timedelta(minutes=LASTS_MINUTES * rng.random())
