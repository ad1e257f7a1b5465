"""Planted groups: accounts of a world that also share the same things within seconds, again and again."""

from collections.abc import Sequence

import msgspec
import numpy as np

from bench.coordination_world import DAYS, SITES, START, Ints, World


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A group to plant: how many accounts, how many things they share, within how many seconds of one another."""

    accounts: int
    things: int
    seconds: float


def planted(world: World, plans: Sequence[Plan], seed: int) -> World:
    """The world with these groups added, each of accounts of its own that live as the others do beside it.

    A group's things are articles of the sites that others share, a site as likely as it is popular; it shares each at a
    moment of its own, by day or night.
    """
    rng = np.random.default_rng(seed)
    kind, group = world.kind.copy(), world.group.copy()
    free = rng.permutation(np.flatnonzero(kind == 0))
    first = int(world.group.max(initial=-1)) + 1
    account, thing, seconds = [world.account], [world.thing], [world.seconds]
    at = 0
    for number, plan in enumerate(plans):
        members = free[at : at + plan.accounts]
        at += plan.accounts
        kind[members], group[members] = 3, first + number
        chosen = _articles(rng, world, plan.things)
        began = START + rng.random(plan.things) * (DAYS - 1) * 86_400
        account.append(np.repeat(members, plan.things))
        thing.append(np.tile(chosen, plan.accounts))
        moments = np.tile(began, plan.accounts) + rng.random(plan.accounts * plan.things) * plan.seconds
        seconds.append(np.floor(moments))
    source_of = np.zeros(int(world.thing.max()) + 1, np.int64)
    source_of[world.thing] = world.source
    all_things = np.concatenate(thing)
    return World(np.concatenate(account), all_things, np.concatenate(seconds), source_of[all_things], kind, group)


def _articles(rng: np.random.Generator, world: World, number: int) -> Ints:
    """So many different articles; of a site that is drawn by its shares any article will do."""
    articles = np.unique(world.thing[world.source < SITES])
    source = np.zeros(int(world.thing.max()) + 1, np.int64)
    source[world.thing] = world.source
    of_site = world.source[world.source < SITES]
    found: dict[int, None] = {}
    while len(found) < number:
        site = of_site[rng.integers(0, len(of_site))]
        found[int(rng.choice(articles[source[articles] == site]))] = None
    return np.array(list(found), np.int64)
