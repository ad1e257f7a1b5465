"""Accounts that are first again and again are found as a group; order by chance, or one fast reader, is not."""

from datetime import timedelta

import numpy as np
from msgspec.structs import replace

from analysis import Finding
from analysis.bursts.columns import columns
from analysis.bursts.comments import comments
from analysis.bursts.haste import hastes
from analysis.bursts.labels import CLUE, PACE_UNKNOWN
from analysis.bursts.places import early, places
from analysis.detectors.bursts import detect
from bench import bursts_worlds
from bench.bursts_worlds import START, post
from ingest import Message


def first(messages: list[Message], first_seconds: float = 60) -> list[Finding]:
    found = detect(messages, [], first_seconds=first_seconds).findings
    return [f for f in found if f.burst and f.burst.subject == "first comments"]


def hasty(world: list[Message], accounts: int, posts: int = 40, delay: int = 0) -> list[Message]:
    """Accounts that answer the first author's posts within a quarter of a minute."""
    rng = np.random.default_rng(1)
    originals = [m for m in world if m.author == "aauthor0" and m.reply_to is None][:posts]
    return [
        post(
            100 * i + n,
            f"hasty{n}",
            (o.published - START).total_seconds() + delay + rng.integers(3, 15),
            reply_to=o.id,
            name="p",
        )
        for i, o in enumerate(originals)
        for n in range(accounts)
        if o.published and rng.random() < 0.8
    ]


def test_places_are_uniform_when_order_is_chance() -> None:
    p = []
    for seed in range(4):
        read, _ = columns(bursts_worlds.comments(seed + 30, authors=6))
        given, _ = comments(read)
        p.append(hastes(read, given, first_seconds=np.inf).p)
    together = np.concatenate(p)
    assert len(together) > 1_000
    for level in (0.2, 0.05, 0.01):
        share = np.mean(together <= level)
        assert level / 2 < share < level + 2 * np.sqrt(level / len(together))


def test_a_sum_of_places_has_its_exact_probability() -> None:
    # Five posts with eight comments each, first on all of them: one in eight to the fifth.
    assert np.isclose(early([0] * 5, [8] * 5), 8.0**-5)
    # One post of 32 comments, among the first eight.
    assert np.isclose(early([7], [32]), 8 / 32)
    assert early([31] * 5, [32] * 5) == 1.0


def test_comments_in_the_same_second_share_the_latest_place() -> None:
    place, size = places(np.array([4, 4, 4, 4]), np.array([9, 2, 2, 2]))
    assert place.tolist() == [24, 16, 16, 16]
    assert size.tolist() == [4, 4, 4, 4]


def test_eight_hasty_accounts_are_found_as_a_clue() -> None:
    world = bursts_worlds.comments(40, authors=5)
    [finding] = first(world + hasty(world, 8))
    assert finding.burst is not None
    assert finding.burst.value == "aauthor0"
    assert set(finding.burst.accounts) >= {f"ahasty{n}" for n in range(8)}
    assert finding.burst.labels == (CLUE, PACE_UNKNOWN)
    assert any(CLUE in note for note in finding.notes)
    assert finding.chance.q <= 0.01


def test_four_are_no_group_and_chance_makes_none() -> None:
    world = bursts_worlds.comments(41, authors=5)
    assert not first(world)
    assert not first(world + hasty(world, 4))


def test_to_be_first_after_minutes_is_no_haste() -> None:
    world = bursts_worlds.comments(43, authors=3)
    slow = [replace(m, published=m.published + timedelta(hours=1)) for m in world if m.reply_to and m.published]
    originals = [m for m in world if not m.reply_to]
    early_but_slow = originals + slow + hasty(world, 8, delay=300)
    assert not first(early_but_slow)
    assert first(early_but_slow, first_seconds=600)


def test_comments_on_posts_that_are_not_there_are_counted_in_a_note() -> None:
    world = bursts_worlds.comments(42, authors=3, posts=10)
    lost = [m for m in world if m.reply_to]
    notes = detect(lost, []).notes
    assert any(f"{len(lost):,} of {len(lost):,} comments answer a message that is not in the data" in n for n in notes)
