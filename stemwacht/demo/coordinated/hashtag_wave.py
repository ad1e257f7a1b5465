"""An orchestrated wave: the same hashtags in the same order, all at once, with a text of each account's own."""

import random
from collections.abc import Iterator
from datetime import timedelta

from stemwacht.demo.accounts import ELECTION_DAY
from stemwacht.demo.grammar import fill, realise
from stemwacht.demo.hand import sentence
from stemwacht.demo.scene import Cast, Casting, Scene, posted
from stemwacht.demo.truth import Group

ACCOUNTS = 30
TAGS = ("HandenAfVanDeHaven", "StemZeWeg", "Oostervliet2026")
START = ELECTION_DAY - timedelta(hours=3, minutes=42)
LASTS_MINUTES = 20


def hashtag_wave(scene: Scene, casting: Casting, rng: random.Random) -> Iterator[Cast]:
    """Thirty accounts post once with the same three hashtags within twenty minutes, on the eve of the vote."""
    group = Group(name="post-hashtag-wave", kind="hashtag_wave")
    lines = list(scene.step["wave"].productions)
    rng.shuffle(lines)
    for number, account in enumerate(casting.draw("nl", ACCOUNTS, rng)):
        text = sentence(realise(fill(scene.step, lines[number % len(lines)], rng, {}), rng))
        at = START + timedelta(minutes=LASTS_MINUTES * rng.betavariate(1.3, 1.6))
        yield posted(account, text, at, tags=TAGS), group
