"""Accounts quick by nature are no chorus; those quicker with one author than elsewhere are; what is unknown is said."""

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.stats import mannwhitneyu

from analysis import Finding
from analysis.bursts.columns import columns
from analysis.bursts.comments import comments
from analysis.bursts.company import lateness
from analysis.bursts.first_comments import p_values
from analysis.bursts.labels import CLUE, PACE_UNKNOWN
from analysis.bursts.pace import paces, quickness
from analysis.bursts.standing import Sums, p_among
from analysis.detectors.bursts import detect
from bench.bursts_fan_worlds import chorus, fans
from ingest import Message


def first(messages: list[Message]) -> list[Finding]:
    found = detect(messages, []).findings
    return [f for f in found if f.burst and f.burst.subject == "first comments"]


@pytest.fixture(scope="module")
def world() -> list[Message]:
    return fans(60, pace=0.5)


def test_accounts_of_differing_pace_are_no_chorus(world: list[Message]) -> None:
    assert not first(world)
    assert not first(fans(61, pace=1.0, loyal=0.8))


def test_p_holds_where_paces_differ() -> None:
    p = []
    for seed in range(62, 66):
        read, _ = columns(fans(seed))
        p.append(p_values(read, comments(read)[0], first_seconds=np.inf))
    together = np.concatenate(p)
    assert len(together) > 2_000
    for level in (0.1, 0.01):
        assert np.mean(together <= level) < 1.3 * level


def test_a_chorus_quicker_than_its_pace_elsewhere_is_found(world: list[Message]) -> None:
    [finding] = first(world + chorus(world, 1, accounts=8, posts=20, elsewhere=20))
    assert finding.burst is not None
    assert finding.burst.value == "aauthor3"
    assert sum(account.startswith("achorus") for account in finding.burst.accounts) >= 7
    assert finding.burst.labels == (CLUE,)


def test_a_chorus_that_comments_nowhere_else_is_told_with_the_doubt(world: list[Message]) -> None:
    [finding] = first(world + chorus(world, 1, accounts=8, posts=20, elsewhere=0))
    assert finding.burst is not None
    assert finding.burst.labels == (CLUE, PACE_UNKNOWN)
    assert finding.burst.observed > 4 * finding.burst.expected
    assert "8 of 8 accounts have fewer than 10 comments on posts of other authors" in finding.notes


def test_accounts_as_quick_elsewhere_are_quick_by_nature(world: list[Message]) -> None:
    time = {m.id: m.published for m in world}
    eight = chorus(world, 1, accounts=8, posts=20, elsewhere=30)
    everywhere = [
        replace(m, published=min(m.published, posted + timedelta(seconds=n % 17 + 3)))
        for n, m in enumerate(eight)
        if m.published and m.reply_to and (posted := time[m.reply_to])
    ]
    assert first(world + eight)
    assert not first(world + everywhere)


def test_any_order_of_arrival_gives_the_same(world: list[Message]) -> None:
    given = world + chorus(world, 1, accounts=8, posts=20, elsewhere=12)
    shuffled = list(given)
    Random(3).shuffle(shuffled)
    assert first(given) == first(shuffled) != []


def test_where_only_one_author_is_answered_nobody_has_a_pace_elsewhere(world: list[Message]) -> None:
    given = world + chorus(world, 1, accounts=8, posts=20, elsewhere=0)
    theirs = {m.id for m in given if m.author == "aauthor3"}
    alone = [m for m in given if m.id in theirs or m.reply_to in theirs]
    assert not first(alone)
    assert any("for 1 of the authors answered" in note for note in detect(alone, []).notes)


def test_p_of_a_known_pace_is_that_of_the_ranks(world: list[Message]) -> None:
    read, _ = columns(world)
    held = paces(read, comments(read)[0])
    author = read.accounts.index("aauthor5")
    accounts = np.unique(held.account[held.author == author])
    quick = quickness(held, author, accounts, np.ones(len(accounts), bool))
    compared = 0
    for at in np.flatnonzero(quick.known):
        late = held.lateness[held.account == accounts[at]]
        here = held.author[held.account == accounts[at]] == author
        if max(here.sum(), (~here).sum()) <= 50:
            exact = mannwhitneyu(late[here], late[~here], alternative="less", method="exact").pvalue
            assert np.isclose(quick.p[at], exact)
            compared += 1
    assert compared > 20


def test_quick_company_makes_nobody_late() -> None:
    # Account 0 always takes a minute: on ten posts among quick accounts, on ten among slow ones; ten have some of both.
    post = np.repeat(np.arange(30), 6)
    quick, slow, both = [0, 1, 2, 3, 4, 5], [0, 11, 12, 13, 14, 15], [1, 2, 3, 11, 12, 13]
    account = np.array(quick * 10 + slow * 10 + both * 10)
    latency = np.where(account == 0, 60, np.where(account < 10, 6, 600))
    late = lateness(latency, post, account)[account == 0]
    raw = np.log(65 / 11) - np.log(65 / 605)
    assert abs(late[:10].mean() - late[10:].mean()) < raw / 4


def test_an_unknown_pace_has_its_place_among_the_known() -> None:
    late = np.repeat(np.linspace(-1, 1, 99), 10) + np.tile(np.linspace(-0.1, 0.1, 10), 99)
    others = Sums.of(np.repeat(np.arange(99), 10), late, 99)
    those = Sums.of(np.array([0] * 10 + [1] * 10), np.array([-2.0] * 10 + [2.0] * 10), 2)
    assert p_among(those, others).tolist() == [0.01, 1.0]
    assert p_among(those, others[np.zeros(0, np.int64)]).tolist() == [1.0, 1.0]
