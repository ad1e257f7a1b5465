"""A post of the election week, and the writer's tools that posts are made with."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from stemwacht.demo.grammar import Grammar, derive, read_grammar, realise
from stemwacht.demo.hand import sentence, slip
from stemwacht.demo.people import TEXTS

LANGUAGES = ("nl", "en", "de", "fr", "ro")
_LETTER_FILLERS = ("nl", "en")  # posts in these languages borrow the fillers of the letters
_SHAPES = (
    ("topic", "aside"),
    ("topic", "reaction"),
    ("aside", "topic", "reaction"),
    ("topic", "aside", "reaction"),
    ("topic", "topic"),
    ("reaction", "topic"),
    ("topic", "aside", "aside"),
    ("topic",),
)
_REPLY_SHAPES = (("reply", "aside"), ("reply", "topic"), ("aside", "reply"), ("reply", "aside", "reaction"))


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """One post; `created_at` is aware, `author` a handle. A repost has no text and names the post and its author."""

    id: str
    platform: str
    created_at: datetime
    author: str
    lang: str
    text: str
    reply_to: str = ""
    repost_of: str = ""
    repost_author: str = ""
    hashtags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


class Dress(msgspec.Struct, frozen=True):
    """Platforms, words of handles, emoji, and by language the outlets, the hashtags and the share of the posts."""

    platforms: tuple[str, ...]
    handle_words: tuple[str, ...]
    emoji: tuple[str, ...]
    outlets: Mapping[str, Sequence[str]]
    hashtags: Mapping[str, Sequence[str]]
    share: Mapping[str, float]


def read_dress() -> Dress:
    """The dress of the demo's posts."""
    return msgspec.convert(tomllib.loads((TEXTS / "posts.toml").read_text(encoding="utf-8")), Dress)


def post_grammar(language: str) -> Grammar:
    """What posts in a language are made of."""
    own = TEXTS / f"posts_{language}.txt"
    return read_grammar(TEXTS / f"letters_{language}.txt", own) if language in _LETTER_FILLERS else read_grammar(own)


def step_grammar() -> Grammar:
    """What is said in step, in Dutch, with the fillers of the Dutch posts."""
    return read_grammar(*(TEXTS / f"{name}.txt" for name in ("letters_nl", "posts_nl", "posts_step")))


def organic_text(grammar: Grammar, rng: random.Random, *, reply: bool) -> str:
    """What one independent account says: a topic, as a rule with an aside or a reaction."""
    shape = rng.choice(_REPLY_SHAPES if reply else _SHAPES)
    return slip(" ".join(said(grammar, symbol, rng) for symbol in shape), rng)


def said(grammar: Grammar, symbol: str, rng: random.Random) -> str:
    """Something said under a heading, as a sentence."""
    return sentence(realise(derive(grammar, symbol, rng, {}), rng))
