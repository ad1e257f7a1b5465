"""What cannot be judged is said; no odd input gives a traceback or a q that is too small."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis import sharing
from analysis.detectors.sharing import detect
from ingest import Message
from tests.analysis.sharing.worlds import START, in_step, organic, share

rough = st.builds(
    lambda number, account, second, links, things, precision: share(
        number, account, second, links=links, objects=things, published_precision=precision
    ),
    st.integers(0, 10**6),
    st.sampled_from(["a", "b", "c", "A ", ""]),
    st.one_of(st.integers(0, 200), st.integers(-(10**9), 10**9)),
    st.lists(st.sampled_from(["https://x.example/a", " https://x.example/a ", "://", ""]), max_size=3).map(tuple),
    st.lists(st.sampled_from(["thing", " thing ", "Thing", "", " "]), max_size=3).map(tuple),
    st.sampled_from(["second", "minute", "day", "unknown"]),
)


@given(st.lists(rough, max_size=40))
@settings(max_examples=80, deadline=None)
def test_anything_at_all_gives_an_answer(messages: list[Message]) -> None:
    result = detect(messages, [])
    for tie in result.ties:
        assert 0 < tie.p <= tie.q <= 0.01
        assert tie.shared >= 3


def test_nothing() -> None:
    result = detect([], [])
    assert result.findings == ()
    assert result.notes == ("No message shares a thing at a known moment: nothing could be judged.",)


def test_all_in_one_second() -> None:
    messages = [replace(message, published=START) for message in organic(1) + in_step()]
    result = detect(messages, [])
    assert not result.ties
    assert any("their moments say nothing" in note for note in result.notes)


def test_a_clock_that_stood_still_for_most() -> None:
    messages = [replace(m, published=START) if n % 3 else m for n, m in enumerate(organic(1))]
    result = detect(messages, [])
    assert not result.ties
    assert any("their moments say nothing" in note for note in result.notes)


def test_one_account() -> None:
    result = detect([replace(message, author="p_one") for message in organic(1)], [])
    assert not result.ties
    assert "One account alone shares anything: nothing could be judged." in result.notes


def test_one_thing() -> None:
    result = detect([replace(message, links=("https://one.example/",)) for message in organic(1)], [])
    assert not result.ties
    assert any(note.startswith("Only one thing is shared") for note in result.notes)


@pytest.mark.parametrize(
    ("precision", "words"),
    [("unknown", "have no time"), ("day", "have a time known to the day only")],
)
def test_times_that_are_too_coarse(precision: str, words: str) -> None:
    messages = [replace(m, published_precision=precision) for m in in_step()]
    result = detect(organic(1) + messages, [])
    assert not result.ties
    assert f"48 messages that share something could not be judged: they {words}." in result.notes


def test_minutes_are_too_coarse_for_a_shorter_window_alone() -> None:
    messages = organic(1) + [replace(m, published_precision="minute") for m in in_step()]
    assert detect(messages, [], window_seconds=60).ties
    result = detect(messages, [], window_seconds=30)
    assert not result.ties
    assert any("coarser than the window" in note for note in result.notes)


def test_times_of_1970_and_of_the_future() -> None:
    long_ago = [replace(m, published=m.published and m.published - timedelta(days=365 * 56)) for m in in_step()]
    to_come = [
        replace(m, id=f"{m.id}x", published=m.published and m.published + timedelta(days=400), received=START)
        for m in in_step()
    ]
    result = detect(organic(1) + long_ago + to_come, [])
    assert not result.ties
    assert (
        "96 messages that share something could not be judged: they have a time before 1997 or after they came in."
        in result.notes
    )


def test_no_author() -> None:
    result = detect(organic(1) + [replace(m, author=None) for m in in_step()], [])
    assert not result.ties
    assert "48 messages that share something could not be judged: they name no author." in result.notes


def test_an_account_that_shares_everything_is_tied_to_nobody() -> None:
    """Ten thousand shares of one account: what it shares with others is what its activity gives."""
    rng = np.random.default_rng(4)
    base = organic(4, shares=6_000)
    restless = [
        share(50_000_000 + n, "restless", float(second), f"https://site{n % 10}.example/{n % 300}")
        for n, second in enumerate(rng.integers(0, 864_000, 10_000).tolist())
    ]
    assert not detect(base + restless, []).ties


def test_outer_space_does_not_part_things_and_case_does() -> None:
    padded = [replace(m, objects=(f"{' ' * (n % 3)}Thing\n",), links=()) for n, m in enumerate(in_step())]
    assert [thing.value for thing in sharing.shares(padded, []).things] == ["Thing"]
    other = [replace(m, objects=("thing",)) for m in padded[:3]]
    assert [thing.value for thing in sharing.shares(other + padded[3:], []).things] == ["Thing", "thing"]


def edges(messages: list[Message]) -> sharing.Edges:
    """Every pair with three occasions and more, whatever its q."""
    made = sharing.shares(messages, [])
    return sharing.tested(made, np.arange(len(made)), window_seconds=60, q_max=1.0, cap=200).edges


def test_two_accounts_alone_do_what_chance_would_give_them() -> None:
    """Every slot is theirs, so however they are permuted the two share as much together."""
    alone = edges(in_step(accounts=2, things=10))
    assert alone.shared.tolist() == [10]
    assert alone.expected.tolist() == pytest.approx([10])
    assert alone.p[0] > 0.1


few_accounts = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(0, 400), st.integers(0, 2)), min_size=6, max_size=60
)


@given(few_accounts)
@settings(max_examples=150, deadline=None)
def test_no_stratum_however_small_gives_a_p_of_zero(rows: list[tuple[int, int, int, int]]) -> None:
    """Sources of two shares, hours of one: whoever is seen together is expected together."""
    found = edges(
        [share(n, a, s * 600.0 + t, f"https://site{t % 3}.example/{t}") for n, (a, t, s, _) in enumerate(rows)]
    )
    assert np.all(found.expected > 0)
    assert np.all(found.p > 1e-20)


def test_clocks_that_are_apart_are_said() -> None:
    base = organic(5)
    later = [
        replace(m, id=f"{m.id}b", source="other", author=f"{m.author}b", published=m.published + timedelta(hours=2))
        for m in base
        if m.published
    ]
    result = detect(base + later, [])
    assert not result.ties
    assert any("seem to run +120 minutes" in note for note in result.notes)
