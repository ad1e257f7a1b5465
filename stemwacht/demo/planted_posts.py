"""Campaigns among the posts: by distinct accounts, close together in time."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from stemwacht.demo.accounts import ELECTION_DAY, Crowd, distinct
from stemwacht.demo.grammar import Grammar, derive, realise
from stemwacht.demo.hand import mistype, reword
from stemwacht.demo.organic_posts import dressed
from stemwacht.demo.post import LANGUAGES, Dress, Post
from stemwacht.demo.truth import Group

Planted = tuple[Post, Group]
DECLARED_LINK = "https://drogevoeten.example/doe-mee"
DECLARED_TAG = "DrogeVoeten"
SLOGANS_PER_LANGUAGE = 8
EDITED_SHARE = 0.25  # of the words that the thesaurus knows


class Burst(msgspec.Struct, frozen=True):
    """When a campaign runs: hours after the start of election day, and how many hours it lasts; its number of posts."""

    begins: float
    lasts: float
    posts: int


DECLARED = Burst(-39, 48, 40)
UNDECLARED = Burst(-5, 4, 45)
EDITED = Burst(-16, 10, 24)
REWORDED = Burst(60, 36, 30)
SLOGAN = Burst(6, 30, SLOGANS_PER_LANGUAGE)


class Desk(msgspec.Struct, frozen=True):
    """What a campaign's posts are made with."""

    dress: Dress
    texts: Grammar
    thesaurus: Mapping[str, Sequence[str]]
    people: Crowd


def planted_posts(desk: Desk, rng: random.Random) -> list[Planted]:
    """The five campaigns of the week, ids still empty."""
    return [
        *_declared(desk, rng),
        *_undeclared(desk, rng),
        *_edited(desk, rng),
        *_reworded(desk, rng),
        *_slogan(desk, rng),
    ]


def _declared(desk: Desk, rng: random.Random) -> Iterator[Planted]:
    group = Group(name="post-merge-declared", kind="mail_merge", declared=True)
    texts = (_say(desk, "merge_declared", rng) for _ in range(DECLARED.posts))
    for post in _posted(desk, "nl", DECLARED, texts, rng):
        yield msgspec.structs.replace(post, links=(DECLARED_LINK,), hashtags=(DECLARED_TAG, *post.hashtags)), group


def _undeclared(desk: Desk, rng: random.Random) -> Iterator[Planted]:
    group = Group(name="post-merge-undeclared", kind="mail_merge")
    texts = (_say(desk, "merge_undeclared", rng) for _ in range(UNDECLARED.posts))
    return ((post, group) for post in _posted(desk, "nl", UNDECLARED, texts, rng))


def _edited(desk: Desk, rng: random.Random) -> Iterator[Planted]:
    group = Group(name="post-light-edit", kind="light_edit")
    source = _say(desk, "light_edit", rng)
    texts = (_touched(source, desk.thesaurus, rng) for _ in range(EDITED.posts))
    return ((post, group) for post in _posted(desk, "nl", EDITED, texts, rng))


def _reworded(desk: Desk, rng: random.Random) -> Iterator[Planted]:
    group = Group(name="post-reworded", kind="paraphrase")
    node = derive(desk.texts, "reworded", rng, {})
    texts = (realise(node, rng, variant=row) for row in range(REWORDED.posts))
    return ((post, group) for post in _posted(desk, "nl", REWORDED, texts, rng))


def _slogan(desk: Desk, rng: random.Random) -> Iterator[Planted]:
    group = Group(name="post-slogan-translated", kind="translation")
    for language in LANGUAGES:
        node = derive(desk.texts, f"slogan_{language}", rng, {})
        texts = [realise(node, rng, variant=row) for row in range(SLOGAN.posts)]
        yield from ((post, group) for post in _posted(desk, language, SLOGAN, texts, rng))


def _posted(
    desk: Desk, language: str, burst: Burst, texts: Iterator[str] | Sequence[str], rng: random.Random
) -> Iterator[Post]:
    accounts = distinct(desk.people, language, burst.posts, rng)
    for account, text in zip(accounts, texts, strict=True):
        yield dressed(desk.dress, account, text, _moment(burst, rng), rng)


def _moment(burst: Burst, rng: random.Random) -> datetime:
    return ELECTION_DAY + timedelta(hours=burst.begins + burst.lasts * rng.betavariate(1.4, 2.2))


def _say(desk: Desk, symbol: str, rng: random.Random) -> str:
    return realise(derive(desk.texts, symbol, rng, {}), rng)


def _touched(source: str, thesaurus: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    words = reword(source, thesaurus, EDITED_SHARE, rng).split(" ")
    for place in rng.sample(range(len(words)), rng.randint(0, 2)):
        words[place] = mistype(words[place], rng)
    if rng.random() < 0.4:
        words.pop(rng.randrange(len(words)))
    return " ".join(words)
