"""Networks and bursts for the tests of the alerts room."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from analysis import Burst, Chance, Finding, Member, Network, SharedObject, Tie
from ingest import Message
from tests.alerts.families import LATER, START, finding, message

LINK = "https://news.example/a"


def shares(accounts: int = 6, links: int = 5, first: int = 100) -> list[Message]:
    """Each account shares each link, seconds apart, in words of its own."""
    return [
        message(
            first + 50 * link + account,
            f"Woorden van {account} over {link} {'x' * account}",
            author=f"p_{account}",
            links=(f"{LINK}{link}",),
            published=START + timedelta(hours=3 * link, seconds=4 * account),
        )
        for link in range(links)
        for account in range(accounts)
    ]


def network(messages: Sequence[Message], **fields: Any) -> Finding:
    accounts = sorted({item.author for item in messages if item.author})
    links = sorted({link for item in messages for link in item.links})
    ties = tuple(
        Tie(
            account_a=one,
            account_b=other,
            shared=len(links),
            first=START,
            last=LATER,
            closest_seconds=4,
            p=1e-9,
            q=1e-6,
        )
        for at, one in enumerate(accounts)
        for other in accounts[at + 1 :]
    )
    things = tuple(
        SharedObject(trace="link", value=link, accounts=len(accounts), shares=len(accounts), first=START, last=LATER)
        for link in links
    )
    told = Network(
        accounts=tuple(accounts),
        ties=ties,
        objects=things,
        window_seconds=60,
        stability=1.0,
        source_known=fields.pop("source_known", True),
        labels=fields.pop("labels", ()),
    )
    return activity(messages, "sharing", "co-share", network=told, **fields)


def wave(messages: Sequence[Message], subject: str = "hashtags", **fields: Any) -> Finding:
    told = Burst(
        subject=subject,  # type: ignore[arg-type] - the tests name it
        value="#een #twee",
        start=START,
        end=LATER,
        observed=len(messages),
        expected=0.3,
        accounts=tuple(sorted({item.author for item in messages if item.author})),
        labels=fields.pop("labels", ()),
    )
    return activity(messages, "bursts", "activity", burst=told, **fields)


def activity(messages: Sequence[Message], detector: str, relation: str, **fields: Any) -> Finding:
    members = tuple(
        Member(message_id=item.id, relation=relation, nearest_id=None, similarity=1.0, measure="identity")  # type: ignore[arg-type] - as above
        for item in messages
    )
    chance = Chance(statistic="co-shares", observed=40, expected=0.01, p=1e-12, q=1e-9, null="accounts shuffled")
    return finding(
        messages,
        **{
            "id": f"{detector[0]}_{messages[0].id}",
            "detector": detector,
            "members": members,
            "chance": chance,
            **fields,
        },
    )
