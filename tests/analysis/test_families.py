"""Families: the same messages give the same families, whatever their order; ids that last; numbers that make sense."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis import Corpus, Finding
from analysis.detectors import families
from ingest import Message
from tests.analysis.samples import chatter, family_of, members, message, posts, read, vectors_of

SLOGAN = "The polling station in our street was closed without any notice, and nobody at the town hall says why."
LINKS = ("", "https://example.org/de-haven-stemt-tegen-de-partij/", "https://example.net/niemand-weet-waarom/")
SAYINGS = (
    "They took our voting booth away and the mayor keeps silent about the reasons.",
    "Not a word from the council on why we can no longer cast our ballots nearby.",
    "Where we used to vote there is now a locked door; officials refuse to explain.",
    "Our place to vote has vanished overnight while those in charge say nothing at all.",
)


def world(seed: int, strangers: int = 60) -> list[Message]:
    """Strangers, near-copies of a slogan, one text sent three times, and rewordings that share no wording."""
    random = Random(seed)
    edited = [
        SLOGAN.replace("street", place).replace("notice", why)
        for place, why in (("street", "notice"), ("village", "notice"), ("street", "warning"), ("town", "notice"))
    ]
    texts = [
        *chatter(strangers, seed),
        *edited,
        *(f"{link} Never vote for the list of the harbour party, friends!" for link in LINKS),
        *SAYINGS,
    ]
    random.shuffle(texts)
    return posts(texts)


def meaning_vectors(found: Corpus) -> NDArray[np.float32]:
    return vectors_of(found.texts, {text: "no booth" for text in found.texts if text.startswith(SAYINGS)})


def detect(found: Corpus, *, meaning: bool) -> list[Finding]:
    return families.detect(found, meaning_vectors(found) if meaning else None)


@pytest.mark.parametrize("meaning", [False, True])
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 3), shuffle=st.randoms(use_true_random=False), batch=st.integers(1, 80))
def test_order_and_batches_change_nothing(meaning: bool, seed: int, shuffle: Random, batch: int) -> None:
    messages = world(seed)
    shuffled = list(messages)
    shuffle.shuffle(shuffled)
    expected = detect(read(messages), meaning=meaning)
    assert len(expected) == (3 if meaning else 2)
    assert detect(read(shuffled, batch), meaning=meaning) == expected


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 5), meaning=st.booleans())
def test_every_family_adds_up(seed: int, meaning: bool) -> None:
    messages = {m.id: m for m in world(seed)}
    found = detect(read(list(messages.values())), meaning=meaning)
    held = [member.message_id for finding in found for member in finding.members]
    assert len(held) == len(set(held))
    for finding in found:
        inside = [messages[identity] for identity in members(finding)]
        assert finding.id == "f_" + min(inside, key=lambda m: (m.published, m.id)).id.removeprefix("m_")
        assert finding.medoid_id in members(finding)
        assert finding.messages == len(inside)
        assert finding.texts == len({m.text.split("/ ")[-1].strip() for m in inside})
        assert finding.senders == len({m.author for m in inside})
        assert (finding.first, finding.last) == (min(m.published for m in inside), max(m.published for m in inside))
        assert 0 <= finding.chance.p <= 1
        assert 0 <= finding.chance.q <= 1
        assert finding.chance.statistic == "surprise bits" or finding.chance.q <= 0.01
        assert all(m.nearest_id in members(finding) - {m.message_id} for m in finding.members)
        assert all(0 <= m.similarity <= 1 for m in finding.members)


def test_what_hangs_together_is_found_and_named_by_how() -> None:
    messages = world(1)
    by_text = {m.text: m.id for m in messages}
    found = detect(read(messages), meaning=True)
    assert {m.relation for m in family_of(found, by_text[SLOGAN]).members} == {"copy"}
    reworded = family_of(found, by_text[SAYINGS[0]])
    assert members(reworded) == {by_text[text] for text in SAYINGS}
    assert {(m.relation, m.measure) for m in reworded.members} == {("paraphrase", "cosine")}
    assert reworded.chance.q <= 0.01


def test_one_wording_sent_again_is_a_family_of_one_text() -> None:
    text = "Never vote for the list of the harbour party, friends!"
    spread = [text, "NEVER vote for the list of the harbour party… friends", f"{text} https://example.org"]
    (finding,) = families.detect(read(posts([*chatter(40, 1), *spread])), None)
    assert (finding.texts, finding.messages) == (1, 3)
    assert {(m.relation, m.similarity) for m in finding.members} == {("copy", 1.0)}


def test_weight_counts_as_messages_but_not_as_texts() -> None:
    messages = [message(n, SLOGAN, weight=weight) for n, weight in enumerate((1, 40))]
    (finding,) = families.detect(read([*messages, *posts_from(2, chatter(40, 1))]), None)
    assert (finding.messages, finding.texts, len(finding.members)) == (41, 1, 2)


def posts_from(first: int, texts: list[str]) -> list[Message]:
    return [message(first + number, text) for number, text in enumerate(texts)]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 3), later=st.lists(st.sampled_from([SLOGAN, *SAYINGS]), min_size=1, max_size=6))
def test_a_family_that_grows_keeps_its_id(seed: int, later: list[str]) -> None:
    messages = world(seed)
    grown = [*messages, *posts_from(len(messages), [f"{text} Please share this." for text in later])]
    before = {f.id: members(f) for f in detect(read(messages), meaning=True)}
    after = {f.id: members(f) for f in detect(read(grown), meaning=True)}
    assert before.keys() <= after.keys()
    assert all(before[identity] <= after[identity] for identity in before)


def test_a_message_that_is_earlier_than_all_gives_the_family_its_id() -> None:
    late = [message(n, SLOGAN) for n in (5, 6, 7)]
    strangers = posts_from(10, chatter(40, 1))
    undated = message(1, SLOGAN, published=None)
    assert [f.id for f in families.detect(read([*late, undated, *strangers]), None)] == ["f_000005"]
    assert [f.id for f in families.detect(read([*late, message(2, SLOGAN), *strangers]), None)] == ["f_000002"]


def test_placeholders_are_in_no_family() -> None:
    deleted = [message(n, "This post was deleted by its author", placeholder="deleted") for n in range(30)]
    assert families.detect(read([*deleted, *posts_from(30, chatter(40, 1))]), None) == []


def test_quoting_the_consulted_text_makes_no_family() -> None:
    draft = ". ".join(" ".join(f"article{n}{word}" for word in range(9)) for n in range(40)) + "."
    quotes = draft.split(". ")
    own = chatter(60, 3, words=60)
    random = Random(1)
    texts = [f"{text} {'. '.join(random.sample(quotes, 3))}." for text in own]
    assert families.detect(read(posts(texts, "letter")), None, consulted_texts=[draft]) == []


@pytest.mark.parametrize("messages", [[], posts(["One text alone stands here."]), posts(["", "  "])])
def test_next_to_nothing_gives_nothing(messages: list[Message]) -> None:
    found = read(messages)
    assert families.detect(found, None) == []
    assert families.detect(found, np.zeros((len(found.texts), 64), np.float32)) == []


@pytest.mark.parametrize(
    "fault", ["\ud800 lone", "\x00 nul", "a" * 200_000, "word " * 40_000, "." * 10_000, "投" * 5_000]
)
def test_hostile_texts_are_read_like_any_other(fault: str) -> None:
    found = read(posts([*chatter(20, 1), fault, fault, SLOGAN]))
    for finding in families.detect(found, None):
        assert members(finding) == {"m_000020", "m_000021"}
