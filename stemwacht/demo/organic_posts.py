"""The ordinary talk of an election week."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from stemwacht.demo.accounts import Account, Crowd, moment, somebody
from stemwacht.demo.grammar import Grammar
from stemwacht.demo.post import LANGUAGES, Dress, Post, organic_text

REPLIES = 0.2
LINKS = 0.1
MENTIONS = 0.12


def organic_posts(
    dress: Dress, grammars: Mapping[str, Grammar], people: Crowd, count: int, rng: random.Random
) -> list[Post]:
    """`count` posts by independent accounts, their ids still empty, in order of time; replies answer earlier ones."""
    weights = [dress.share[language] for language in LANGUAGES]
    languages = rng.choices(LANGUAGES, weights, k=count)
    moments = sorted(moment(rng) for _ in range(count))
    return [
        _post(dress, grammars[language], people, somebody(people, language, rng), rng, created_at=created_at)
        for language, created_at in zip(languages, moments, strict=True)
    ]


def threads(posts: Sequence[Post], rng: random.Random) -> Iterator[str]:
    """For each post, in order of time, the id of the earlier post that it answers; "" for none."""
    last: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for post in posts:
        earlier = last[post.lang][-60:]
        yield rng.choice(earlier) if post.reply_to and earlier else ""
        last[post.lang].append(post.id)


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


def _post(
    dress: Dress, grammar: Grammar, people: Crowd, account: Account, rng: random.Random, *, created_at: datetime
) -> Post:
    reply = rng.random() < REPLIES
    post = dressed(dress, account, organic_text(grammar, rng, reply=reply), created_at, rng)
    text, links, mentions = post.text, post.links, post.mentions
    if rng.random() < LINKS:
        links = (f"https://{rng.choice(dress.outlets)}.example/{int(rng.paretovariate(0.7)) % 400}",)
        text = f"{text} {links[0]}"
    if rng.random() < MENTIONS:
        mentions = (somebody(people, account.language, rng).handle,)
        text = f"@{mentions[0]} {text}"
    return msgspec.structs.replace(post, text=text, links=links, mentions=mentions, reply_to="pending" if reply else "")
