"""Order and duplicates change nothing; what cannot be judged is said, never guessed."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.detectors.bursts import Bursts, detect
from bench.bursts_worlds import calm, cascade, comments, post, sleepers, wave
from ingest import Message

WORLD = calm(9, accounts=150, days=5) + wave(9, day=2) + cascade(9, shares=40, day=3) + comments(9, authors=2, posts=9)
EXPECTED = detect(WORLD, [])

rough = st.builds(
    lambda number, account, second, tag, target, precision: replace(
        post(number, account, second, tags=tag, reply_to=f"m_w{target:07}"), published_precision=precision
    ),
    st.integers(0, 10**6),
    st.integers(0, 8),
    st.one_of(st.integers(0, 3), st.integers(-(10**9), 10**8)),
    st.lists(st.sampled_from(["a", "b", ""]), max_size=3).map(tuple),
    st.integers(0, 50),
    st.sampled_from(["second", "minute", "day", "unknown"]),
)


@given(st.integers(0, 2**32), st.integers(0, 60))
@settings(max_examples=10, deadline=None)
def test_order_and_duplicates_change_nothing(seed: int, twice: int) -> None:
    random = Random(seed)
    shuffled = [*WORLD, *random.sample(WORLD, twice)]
    random.shuffle(shuffled)
    assert detect(shuffled, []) == EXPECTED


def test_records_that_differ_under_one_id_give_one_answer() -> None:
    edited = [replace(m, hashtags=("edited",)) for m in WORLD[:20]]
    assert detect([*WORLD, *edited], []) == detect([*edited, *WORLD], [])


def test_ids_follow_from_what_and_when() -> None:
    later = [m if m.hashtags != ("planted",) else replace(m, text="edited") for m in WORLD]
    assert [f.id for f in detect(later, []).findings] == [f.id for f in EXPECTED.findings]
    assert len({f.id for f in EXPECTED.findings}) == len(EXPECTED.findings) > 1


@given(st.lists(rough, max_size=40))
@settings(max_examples=80, deadline=None)
def test_anything_at_all_gives_an_answer(messages: list[Message]) -> None:
    result = detect(messages, [], gap_days=1, history_days=1)
    for finding in result.findings:
        assert finding.burst is not None
        assert finding.burst.observed == len(finding.burst.accounts) >= 5
        assert 0 <= finding.chance.p <= finding.chance.q <= 0.01
        assert finding.burst.start < finding.burst.end


def no_times() -> list[Message]:
    return [replace(m, published=None, published_precision="unknown") for m in wave(1)]


def one_second() -> list[Message]:
    return [replace(m, published=datetime(2026, 3, 2, tzinfo=UTC)) for m in wave(1)]


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        ([], "bursts could not be judged"),
        (no_times(), "30 messages carry no usable time"),
        (one_second(), "the same second"),
        ([replace(m, author="one") for m in wave(1)], "from one account"),
        ([replace(m, author=None) for m in wave(1)], "30 messages name no account"),
        (wave(1, accounts=3), "3 accounts in all"),
        ([replace(m, published_precision="day") for m in sleepers(1)], "dated to the day only"),
    ],
)
def test_what_cannot_be_judged_is_said(messages: list[Message], said: str) -> None:
    result: Bursts = detect(messages, [])
    assert not result.findings
    assert any(said in note for note in result.notes)
