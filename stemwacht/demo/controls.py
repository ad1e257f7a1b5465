"""What looks organised and is not: a monitor that alerts on these is wrong."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from stemwacht.demo.accounts import ELECTION_DAY, Account, Crowd, distinct, moment
from stemwacht.demo.grammar import Grammar, derive, realise
from stemwacht.demo.organic_posts import dressed
from stemwacht.demo.planted_posts import Planted
from stemwacht.demo.post import Dress, Post, said
from stemwacht.demo.truth import Group

SIZES = {"quote": 60, "headline": 80, "polite": 70, "support": 18, "oppose": 18}
HEADLINE_LINK = "https://dijkpost.example/rekenkamer-stembureaus"
_SPEAKERS = ("burgemeester Uitermark", "Uitermark", "de burgemeester", "Uitermark in het debat", "onze burgemeester")
_QUOTES = (("“", "”"), ('"', '"'), ("„", "”"), ("‘", "’"))


class Stage(msgspec.Struct, frozen=True):
    """What the controls are played with."""

    dress: Dress
    shared: Grammar
    talk: Grammar
    people: Crowd


def controls(stage: Stage, rng: random.Random) -> list[Planted]:
    """The controls among the posts, ids still empty."""
    return [*_quote(stage, rng), *_headline(stage, rng), *_polite(stage, rng), *_opposites(stage, rng)]


def _quote(stage: Stage, rng: random.Random) -> Iterator[Planted]:
    """A politician's sentence, quoted with its source and the quoter's own comment."""
    words = realise(derive(stage.shared, "quote", rng, {}), rng)
    group = Group(name="control-quote", kind="viral_quote", planted=False)
    for account in distinct(stage.people, "nl", SIZES["quote"], rng):
        opening, closing = rng.choice(_QUOTES)
        quoted, speaker = f"{opening}{words}{closing}", rng.choice(_SPEAKERS)
        comment = _comment(stage, rng)
        text = rng.choice(
            (
                f"{comment} {quoted}, aldus {speaker}",
                f"{quoted} zei {speaker}. {comment}",
                f"{speaker[0].upper()}{speaker[1:]}: {quoted}. {comment}",
                f"{quoted} ({speaker}) {comment}",
            )
        )
        yield _posted(stage, account, text, _after(ELECTION_DAY - timedelta(hours=3), 14, rng), rng), group


def _headline(stage: Stage, rng: random.Random) -> Iterator[Planted]:
    """A newspaper's headline with its link, with or without a comment."""
    group = Group(name="control-headline", kind="headline", planted=False)
    for account in distinct(stage.people, "nl", SIZES["headline"], rng):
        headline = realise(derive(stage.shared, "headline", rng, {}), rng)
        comment = f"{_comment(stage, rng)} " if rng.random() < 0.5 else ""
        post = _posted(stage, account, f"{comment}{headline} {HEADLINE_LINK}", _after(ELECTION_DAY, 20, rng), rng)
        yield msgspec.structs.replace(post, links=(HEADLINE_LINK,)), group


def _polite(stage: Stage, rng: random.Random) -> Iterator[Planted]:
    """A wish that is in everybody's mouth on the day."""
    group = Group(name="control-polite", kind="polite_phrase", planted=False)
    for account in distinct(stage.people, "nl", SIZES["polite"], rng):
        text = realise(derive(stage.shared, "polite", rng, {}), rng)
        if rng.random() < 0.3:
            text = f"{text} {_comment(stage, rng)}"
        yield _posted(stage, account, text, ELECTION_DAY + timedelta(hours=6 + 13 * rng.random()), rng), group


def _opposites(stage: Stage, rng: random.Random) -> Iterator[Planted]:
    """Opposite opinions in nearly the same words, each with reasons of the writer's own, all through the week."""
    sides = ["support"] * SIZES["support"] + ["oppose"] * SIZES["oppose"]
    for side, account in zip(sides, distinct(stage.people, "nl", len(sides), rng), strict=True):
        group = Group(name="control-opposites", kind="opposite_opinions", planted=False, variant=side)
        claim = realise(derive(stage.shared, side, rng, {}), rng)
        text = f"{claim}. {said(stage.talk, rng.choice(('aside', 'reaction')), rng)}"
        yield _posted(stage, account, text, moment(rng), rng), group


def _comment(stage: Stage, rng: random.Random) -> str:
    return " ".join(said(stage.talk, symbol, rng) for symbol in rng.choice((("aside",), ("reaction", "aside"))))


def _posted(stage: Stage, account: Account, text: str, at: datetime, rng: random.Random) -> Post:
    return dressed(stage.dress, account, text, at, rng)


def _after(start: datetime, hours: float, rng: random.Random) -> datetime:
    return start + timedelta(hours=min(72.0, rng.expovariate(1 / hours)))
