"""Invented senders."""

import random
import tomllib
from pathlib import Path

import msgspec

TEXTS = Path(__file__).parent / "texts"
ORGANISED_SHARE = 0.02  # letters that name an organisation


class People(msgspec.Struct, frozen=True):
    """The names that senders of one language are made of."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    city: tuple[str, ...]
    organisation: tuple[str, ...]
    child: tuple[str, ...]


def read_people(language: str) -> People:
    """The names for senders who write in `language`."""
    names = tomllib.loads((TEXTS / "names.toml").read_text(encoding="utf-8"))
    return msgspec.convert(names[language], People)


def full_name(people: People, rng: random.Random) -> str:
    """A first and a last name, now and then with a second initial."""
    initial = f" {rng.choice('ABCDEGHJKLMPRSTW')}." if rng.random() < 0.08 else ""
    return f"{rng.choice(people.first)}{initial} {rng.choice(people.last)}"


def organisation(people: People, rng: random.Random) -> str:
    """The organisation a letter names; nearly always none."""
    return rng.choice(people.organisation) if rng.random() < ORGANISED_SHARE else ""
