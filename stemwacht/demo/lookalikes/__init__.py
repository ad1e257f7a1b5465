"""Accounts that act at the same moment and are innocent: what a monitor must not raise an alert on."""

import random

from stemwacht.demo.lookalikes.debate import debate_fans
from stemwacht.demo.lookalikes.newsroom import newsroom
from stemwacht.demo.lookalikes.viral_link import viral_link
from stemwacht.demo.scene import Cast, Scene

__all__ = ["lookalike_posts"]


def lookalike_posts(scene: Scene, seed: int, size: int, *, history: bool) -> list[Cast]:
    """A newsroom, a viral link and the fans of a debate in a week of `size` posts, ids still empty.

    With `history` the debate is a programme of every week, and its fans were there before.
    """
    rngs = {name: random.Random(f"{name} {seed}") for name in ("newsroom", "viral link", "debate")}
    return [
        *newsroom(scene, rngs["newsroom"]),
        *viral_link(scene, size, rngs["viral link"]),
        *debate_fans(scene, rngs["debate"], history=history),
    ]
