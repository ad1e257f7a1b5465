"""Accounts that act together: what they do in step, and nothing of which shows in one text alone."""

import random
from collections.abc import Iterator

from stemwacht.demo.accounts import moment
from stemwacht.demo.coordinated.hashtag_wave import hashtag_wave
from stemwacht.demo.coordinated.link_network import link_network
from stemwacht.demo.coordinated.relay import relay
from stemwacht.demo.coordinated.waking import waking
from stemwacht.demo.organic_posts import organic_post
from stemwacht.demo.scene import Cast, Casting, Scene

__all__ = ["coordinated_posts"]


def coordinated_posts(scene: Scene, casting: Casting, seed: int, *, history: bool) -> list[Cast]:
    """The posts of the four groups, ids still empty, each with its truth; accounts wake only where there is `history`.

    What their accounts do besides is ordinary and has no truth of its own.
    """
    names = ("link network", "hashtag wave", "relay", "waking", "besides")
    rngs = {name: random.Random(f"{name} {seed}") for name in names}
    rows: list[Cast] = [
        *link_network(scene, casting, rngs["link network"]),
        *hashtag_wave(scene, casting, rngs["hashtag wave"]),
        *relay(scene, casting, rngs["relay"]),
    ]
    rows += _besides(scene, casting, rngs["besides"])
    return [*rows, *waking(scene, rngs["waking"])] if history else rows


def _besides(scene: Scene, casting: Casting, rng: random.Random) -> Iterator[Cast]:
    """Two to four ordinary posts by each account that acts in step, beside those it has as one of the crowd."""
    for account in casting.drawn:
        for _ in range(rng.randint(2, 4)):
            yield organic_post(scene, account, moment(rng), rng), None
