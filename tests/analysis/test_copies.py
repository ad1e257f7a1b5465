"""Copies as they come in agree with the families that the whole window gives."""

from itertools import combinations
from random import Random

import pytest

from analysis import Finding, joins, wording_background
from analysis.detectors import copies, families
from stemwacht.demo.letter import Campaigns
from tests.analysis.samples import annotator, chatter, letters, members, posts, read


def edited(seed: int) -> list[str]:
    """Strangers, and three texts each sent on with a few words changed."""
    random = Random(seed)
    texts = chatter(60, seed)
    for source in texts[:3]:
        words = source.split()
        for _ in range(8):
            said = list(words)
            for place in random.sample(range(len(said)), 1 + len(said) // 20):
                said[place] = f"edit{random.randrange(10**6)}"
            texts.append(" ".join(said))
    return texts


def groups(findings: list[Finding]) -> set[frozenset[str]]:
    return {frozenset(members(finding)) for finding in findings}


def linked(pairs: list[tuple[str, str]]) -> set[frozenset[str]]:
    piece: dict[str, set[str]] = {}
    for left, right in pairs:
        joined = piece.get(left, {left}) | piece.get(right, {right})
        piece.update(dict.fromkeys(joined, joined))
    return {frozenset(found) for found in piece.values()}


@pytest.mark.parametrize("seed", range(5))
def test_pairs_joined_one_by_one_make_the_families_of_the_whole(seed: int) -> None:
    messages = posts(edited(seed))
    batch = annotator().annotate(messages)
    texts = dict(zip(batch.text_ids, batch.texts, strict=True))
    rows = {identity: set(keys.tolist()) for identity, keys in zip(batch.text_ids, batch.keys, strict=True)}
    candidates = [(a, b) for a, b in combinations(batch.text_ids, 2) if rows[a] & rows[b]]
    found = joins(texts, [a for a, _ in candidates], [b for _, b in candidates])
    said_by = {a.text_id: a.message_id for a in batch.annotations}
    assert linked([(said_by[pair.left], said_by[pair.right]) for pair in found]) == groups(
        families.detect(read(messages), None)
    )
    assert all(0.5 <= pair.similarity <= 1 for pair in found)


def test_a_text_is_not_joined_with_itself_nor_with_a_stranger() -> None:
    texts = {"a": "one two three four five", "b": "six seven eight nine ten", "c": ""}
    assert joins(texts, ["a", "a", "c"], ["a", "b", "c"]) == []
    assert joins(texts, [], []) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_batch_judged_against_the_window_gives_the_copies_of_the_window(seed: int) -> None:
    everything = read(posts(edited(seed)))
    whole = families.detect(everything, None)
    campaign = sorted(members(whole[0]))
    few = read([m for m in everything.messages if m.id in campaign])
    (found,) = copies.detect(few, background=wording_background(everything), population=len(everything))
    assert found.id == whole[0].id
    assert members(found) == set(campaign)
    assert 0 <= found.chance.p <= found.chance.q <= 0.01


def test_a_few_letters_that_only_share_their_address_are_no_copies() -> None:
    messages, truth = letters(3, 200, [Campaigns("mail_merge", (20,))])
    background = wording_background(read(messages))
    strangers = read([m for m in messages if m.id not in truth][:30])
    assert copies.detect(strangers, background=background, population=len(messages)) == []
    assert copies.detect(read([]), background=background, population=len(messages)) == []
