"""What the posts of a week are made with, and who is cast in what happens in step."""

import random
from collections.abc import Mapping
from datetime import datetime

import msgspec

from stemwacht.demo.accounts import Account, Crowd
from stemwacht.demo.grammar import Grammar
from stemwacht.demo.news import News
from stemwacht.demo.post import Dress, Post
from stemwacht.demo.truth import Group

Cast = tuple[Post, Group | None]


class Scene(msgspec.Struct, frozen=True):
    """The dress, what is said in each language, what is said in step (Dutch), the accounts and the news."""

    dress: Dress
    grammars: Mapping[str, Grammar]
    step: Grammar
    people: Crowd
    news: News


class Casting:
    """Draws accounts from the more active half of a language, none of them twice."""

    def __init__(self, people: Crowd) -> None:
        self._people = people
        self._drawn: dict[str, Account] = {}

    def draw(self, language: str, count: int, rng: random.Random, *, platform: str | None = None) -> list[Account]:
        """That many accounts, of one platform where it is named; ValueError when there are not that many."""
        members = self._people.accounts[language]
        free = [
            account
            for account in members[: len(members) // 2]
            if account.handle not in self._drawn and platform in (None, account.platform)
        ]
        chosen = rng.sample(free, count)
        self._drawn.update((account.handle, account) for account in chosen)
        return chosen

    @property
    def drawn(self) -> tuple[Account, ...]:
        """All accounts drawn so far, in order."""
        return tuple(self._drawn.values())


def posted(
    account: Account, text: str, at: datetime, *, tags: tuple[str, ...] = (), links: tuple[str, ...] = ()
) -> Post:
    """The text as this account posts it, with its links and then its hashtags behind it; the id is still empty."""
    return Post(
        id="",
        platform=account.platform,
        created_at=at,
        author=account.handle,
        lang=account.language,
        text=" ".join([text, *links, *(f"#{tag}" for tag in tags)]),
        hashtags=tags,
        links=links,
    )
