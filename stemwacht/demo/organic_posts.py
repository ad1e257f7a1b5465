"""The ordinary talk of an election week and of the weeks before it."""

import random
from collections.abc import Callable
from datetime import datetime

import msgspec

from stemwacht.demo.accounts import Account, earlier_moment, moment, regulars, somebody
from stemwacht.demo.news import shared_article
from stemwacht.demo.post import LANGUAGES, Dress, Post, organic_text
from stemwacht.demo.scene import Scene
from stemwacht.demo.threads import PENDING

REPLIES = 0.2
REPOSTS = 0.06
LINKS = 0.2
MENTIONS = 0.12
RETURNING = 0.008  # earlier posts by accounts that are not always there


def organic_posts(scene: Scene, count: int, rng: random.Random) -> list[Post]:
    """`count` posts of the week by independent accounts, their ids still empty, in order of time."""
    return _talk(scene, lambda language: somebody(scene.people, language, rng), moment, count, rng)


def earlier_posts(scene: Scene, count: int, rng: random.Random) -> list[Post]:
    """`count` posts of the ten weeks before, ids still empty, in order of time.

    Nearly all are by the accounts that always post; a few by others, who may then be silent for weeks.
    """
    steady = regulars(scene.people)

    def author(language: str) -> Account:
        if rng.random() < RETURNING:
            return rng.choice(scene.people.accounts[language])
        return somebody(steady, language, rng)

    return _talk(scene, author, earlier_moment, count, rng)


def dressed(dress: Dress, account: Account, text: str, created_at: datetime, rng: random.Random) -> Post:
    """The text as this account posts it, now and then with hashtags or an emoji."""
    tags = tuple(dict.fromkeys(rng.choices(dress.hashtags[account.language], k=rng.choice((0, 0, 0, 1, 1, 2)))))
    if rng.random() < 0.12:
        text = f"{text} {rng.choice(dress.emoji)}"
    return Post(
        id="",
        platform=account.platform,
        created_at=created_at,
        author=account.handle,
        lang=account.language,
        text=" ".join([text, *(f"#{tag}" for tag in tags)]),
        hashtags=tags,
    )


def organic_post(scene: Scene, account: Account, created_at: datetime, rng: random.Random) -> Post:
    """What this account posts of its own accord: a post, a reply or a repost, whose other end is still pending."""
    chance = rng.random()
    reply = chance < REPLIES
    post = dressed(
        scene.dress, account, organic_text(scene.grammars[account.language], rng, reply=reply), created_at, rng
    )
    text, links, mentions = post.text, post.links, post.mentions
    if rng.random() < LINKS:
        links = (shared_article(scene.news, account.language, created_at, rng).url,)
        text = f"{text} {links[0]}"
    if rng.random() < MENTIONS:
        mentions = (somebody(scene.people, account.language, rng).handle,)
        text = f"@{mentions[0]} {text}"
    return msgspec.structs.replace(
        post,
        text=text,
        links=links,
        mentions=mentions,
        reply_to=PENDING if reply else "",
        repost_of=PENDING if REPLIES <= chance < REPLIES + REPOSTS else "",
    )


def _talk(
    scene: Scene,
    author: Callable[[str], Account],
    when: Callable[[random.Random], datetime],
    count: int,
    rng: random.Random,
) -> list[Post]:
    weights = [scene.dress.share[language] for language in LANGUAGES]
    languages = rng.choices(LANGUAGES, weights, k=count)
    moments = sorted(when(rng) for _ in range(count))
    return [
        organic_post(scene, author(language), created_at, rng)
        for language, created_at in zip(languages, moments, strict=True)
    ]
