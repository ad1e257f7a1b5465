"""Accounts that act together are found among those that do not, and what is found explains itself."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis import Tie
from analysis.detectors import Sharing
from analysis.detectors.sharing import detect
from bench.coordination_world import World
from tests.analysis.sharing.worlds import (
    GROUP,
    PLANTED,
    SMALL,
    START,
    accounts,
    group_of,
    in_step,
    members,
    messages_of,
    organic,
    share,
)

EXPECTED = detect(SMALL, [])


@pytest.fixture(scope="module")
def made() -> World:
    return group_of(1)


@pytest.fixture(scope="module")
def known(made: World) -> Sharing:
    return detect(messages_of(made), [])


def test_a_planted_group_is_found_among_fans_viral_links_and_a_debate(made: World, known: Sharing) -> None:
    [group] = [finding for finding in known.findings if accounts(finding) & members(made)]
    assert accounts(group) == members(made)
    assert group.network is not None
    assert group.network.source_known
    assert not group.network.labels
    assert group.network.stability > 0.9
    assert len(group.network.objects) == 8
    assert group.chance.q < 0.01
    assert group.chance.observed > 20 * group.chance.expected


def test_nobody_else_is_found_but_newsrooms_and_feeds(made: World, known: Sharing) -> None:
    kind = {f"p_{number}": int(value) for number, value in enumerate(made.kind)}
    for finding in known.findings:
        assert {kind[name] for name in accounts(finding)} <= {1, 2, PLANTED}


def test_a_newsroom_is_marked(made: World, known: Sharing) -> None:
    feeds = [f for f in known.findings if not accounts(f) & members(made)]
    marked = [f for f in feeds if f.network and set(f.network.labels) & {"newsroom", "automated feed"}]
    assert len(marked) >= 2


def test_an_unknown_source_is_said_and_kept_apart(made: World) -> None:
    result = detect(messages_of(made, source_known=False), [])
    assert result.findings
    for finding in result.findings:
        assert finding.network is not None
        assert not finding.network.source_known
        assert any("common source is not excluded" in note for note in finding.notes)


def test_a_finding_explains_itself() -> None:
    [finding] = EXPECTED.findings
    network = finding.network
    assert network is not None
    assert set(network.accounts) == GROUP
    assert {one.value for one in network.objects} == {f"https://site{n}.example/new{n}" for n in range(8)}
    assert all(one.accounts == one.shares == 6 for one in network.objects)
    assert len(network.ties) == 15
    for tie in network.ties:
        assert tie.account_a < tie.account_b
        assert tie.shared == 8
        assert tie.first == START + timedelta(seconds=40_000 + 4 * min(_places(tie)))
        assert tie.closest_seconds == 4 * abs(_places(tie)[0] - _places(tie)[1])
        assert 0 < tie.p < tie.q <= 0.01
    assert EXPECTED.ties == tuple(sorted(network.ties, key=lambda tie: (tie.account_a, tie.account_b)))
    assert {member.message_id for member in finding.members} == {message.id for message in in_step()}
    assert finding.messages == 48
    assert finding.senders == 6


def _places(tie: Tie) -> tuple[int, int]:
    return int(tie.account_a[-1]), int(tie.account_b[-1])


@given(st.integers(0, 2**32), st.integers(0, 200))
@settings(max_examples=10, deadline=None)
def test_order_and_duplicates_change_nothing(seed: int, twice: int) -> None:
    random = Random(seed)
    shuffled = [*SMALL, *random.sample(SMALL, twice)]
    random.shuffle(shuffled)
    assert detect(shuffled, []) == EXPECTED


def test_independent_accounts_are_not_tied() -> None:
    for seed in range(20, 25):
        result = detect(organic(seed), [])
        assert 195 * 194 // 2 <= result.tested <= 200 * 199 // 2
        assert not result.ties


def test_repeats_of_one_thing_are_one_thing() -> None:
    again = [
        share(20_000_000 + 10 * turn + who, f"g{who}", 90_000 + 7_000 * turn + who, "https://site1.example/again")
        for turn in range(30)
        for who in range(2)
    ]
    assert not detect(organic(3) + again, []).ties


def test_a_link_shared_by_thousands_in_a_minute_is_bounded_and_hides_nobody() -> None:
    viral = [share(30_000_000 + n, f"v{n}", 300_000 + n % 60, "https://site3.example/viral") for n in range(3_000)]
    joined = [share(40_000_000 + n, f"g{n}", 300_010 + n, "https://site3.example/viral") for n in range(6)]
    result = detect(SMALL + viral + joined, [])
    [finding] = result.findings
    assert accounts(finding) == GROUP
    [note] = [note for note in result.notes if "more than 200 others" in note]
    assert note.startswith("2,805 shares of 1 thing were ")


def test_two_devices_of_one_person_are_marked() -> None:
    [finding] = detect(organic(3) + in_step(accounts=2, things=12), []).findings
    assert finding.network is not None
    assert "same person" in finding.network.labels
    assert any("Fewer than five accounts" in note for note in finding.notes)


def test_official_accounts_are_marked() -> None:
    [finding] = detect(organic(3) + in_step(organisation="Gemeente Utrecht"), []).findings
    assert finding.network is not None
    assert "official accounts" in finding.network.labels


def test_what_a_few_shares_alone_say_is_told_as_little() -> None:
    """A hashtag that only the group ever used: nothing to hold it against."""
    result = detect(organic(3) + [replace(m, links=(), hashtags=("one", m.links[0])) for m in in_step()], [])
    assert not result.ties
    assert any(note.startswith("Only 48 shares of things of unknown source:") for note in result.notes)


def test_groups_that_share_members_are_told_apart_or_not_at_all() -> None:
    """Two groups of six that meet in one account: no community is mixed of strangers."""
    other = [
        replace(m, author="p_g0" if m.author == "p_g0" else f"{m.author}h", published=m.published + timedelta(hours=5))
        for m in in_step(first=60_000_000)
        if m.published
    ]
    moved = [replace(m, links=(f"{m.links[0]}/other",)) for m in other]
    found = detect(SMALL + moved, []).findings
    assert {frozenset(accounts(one) - {"p_g0"}) for one in found} == {
        frozenset(GROUP - {"p_g0"}),
        frozenset(f"{name}h" for name in GROUP - {"p_g0"}),
    }


def test_the_seed_changes_no_group_that_is_clear() -> None:
    assert [accounts(f) for f in detect(SMALL, [], seed=7).findings] == [accounts(f) for f in EXPECTED.findings]
