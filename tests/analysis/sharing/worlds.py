"""Shares as messages for the tests of sharing: a small generated world, planted groups, and shares made by hand."""

from datetime import UTC, datetime, timedelta

import numpy as np

from analysis import Finding
from bench.coordination_planting import Plan, planted
from bench.coordination_world import World, world
from ingest import Message

START = datetime(2026, 11, 2, tzinfo=UTC)
PLANTED = 3


def share(number: int, account: int | str, second: float, link: str | None = None, **fields: object) -> Message:
    """A message without words that shares something so many seconds after `START`."""
    told = {
        "id": f"m_{number:08}",
        "source": "generated",
        "native_id": str(number),
        "kind": "share",
        "text": "",
        "text_written": "",
        "author": f"p_{account}",
        "published": START + timedelta(seconds=second),
        "published_precision": "second",
        "links": (link,) if link else (),
    }
    return Message(**{**told, **fields})  # type: ignore[arg-type]  # the fields of a message, by name


def small_world(seed: int, *, groups: tuple[Plan, ...] = ()) -> World:
    """Three thousand accounts, with these groups planted."""
    return planted(world(seed, accounts=3_000, shares=15_000), groups, seed)


def messages_of(made: World, *, source_known: bool = True) -> list[Message]:
    """Each share a message: a link of its site, or a thing of which nobody knows where it comes from."""
    columns = zip(made.account.tolist(), made.thing.tolist(), made.seconds.tolist(), made.source.tolist(), strict=True)
    origin = START.timestamp()
    return [
        share(
            number,
            account,
            seconds - origin,
            f"https://site{source}.example/{thing}" if source_known else None,
            objects=() if source_known else (f"t{thing}",),
        )
        for number, (account, thing, seconds, source) in enumerate(columns)
    ]


def members(made: World, kind: int = PLANTED) -> set[str]:
    """The pseudonyms of the accounts of this kind."""
    return {f"p_{account}" for account in np.flatnonzero(made.kind == kind).tolist()}


def group_of(seed: int, accounts: int = 8, things: int = 8, seconds: float = 40.0) -> World:
    """A small world with one group planted in it."""
    return small_world(seed, groups=(Plan(accounts=accounts, things=things, seconds=seconds),))


def organic(seed: int, *, accounts: int = 200, shares: int = 3_000, things: int = 300) -> list[Message]:
    """Ten days in which accounts share links of ten sites, each when it likes."""
    rng = np.random.default_rng(seed)
    who, what = rng.integers(0, accounts, shares), rng.zipf(1.5, shares) % things
    moments = rng.integers(0, 864_000, shares)
    columns = zip(who.tolist(), what.tolist(), moments.tolist(), strict=True)
    return [share(n, a, s, f"https://site{t % 10}.example/{t}") for n, (a, t, s) in enumerate(columns)]


def in_step(accounts: int = 6, things: int = 8, *, first: int = 10_000_000, **fields: object) -> list[Message]:
    """Accounts `g0`, `g1`, … share new links of the ten sites, a link at a time, within seconds of one another."""
    return [
        share(
            first + 100 * thing + account,
            f"g{account}",
            40_000 + 80_000 * thing + 4 * account,
            f"https://site{thing % 10}.example/new{thing}",
            **fields,
        )
        for thing in range(things)
        for account in range(accounts)
    ]


def accounts(finding: Finding) -> set[str]:
    """The pseudonyms of the network."""
    assert finding.network is not None
    return set(finding.network.accounts)


SMALL = organic(3) + in_step()
GROUP = {f"p_g{number}" for number in range(6)}
