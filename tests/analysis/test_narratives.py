"""Narratives: two stories come out as two, with the families that carry them."""

import numpy as np

from analysis import Corpus, narratives
from analysis.detectors import families
from tests.analysis.samples import message, read, unit

STORIES = ("ballot boxes were left open overnight", "bus drivers strike on election day")
REPEATED = {
    story: f"Everyone should know that the {story}, and that nobody in the whole town council wants to hear of it."
    for story in STORIES
}


def told(number: int) -> Corpus:
    """Half of the messages on each story; every fifth is the same text, the others are written by their senders."""
    messages = []
    for at in range(number):
        story = STORIES[at % 2]
        own = " ".join(f"w{at}x{word}" for word in range(8))
        messages.append(message(at, REPEATED[story] if at % 10 < 2 else f"{story} {own}"))
    return read(messages)


def meanings(found: Corpus) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    rng = np.random.default_rng(3)
    topic = rng.normal(size=(2, 64))
    story = [next(i for i, s in enumerate(STORIES) if s in text) for text in found.texts]
    return unit(topic[story] + 0.5 * rng.normal(size=(len(found.texts), 64)))


def test_two_stories_are_two_narratives_with_their_families() -> None:
    found = told(200)
    repeated = families.detect(found, None)
    assert len(repeated) == 2
    drawn = narratives(found, meanings(found), repeated)
    assert len(drawn) == 2
    for narrative in drawn:
        first = next(m for m in found.messages if m.id in narrative.message_ids)
        story = next(i for i, s in enumerate(STORIES) if s in first.text)
        own = [m for m in found.messages if STORIES[story] in m.text]
        assert len(set(narrative.message_ids) & {m.id for m in own}) >= 0.9 * len(own)
        assert set(narrative.message_ids) <= {m.id for m in own}
        assert len(narrative.families) == 1
        assert set(narrative.label) & set(STORIES[story].split())
        assert narrative.messages == len(narrative.message_ids)


def test_a_message_is_in_one_narrative_and_a_rerun_gives_the_same() -> None:
    found = told(200)
    drawn = narratives(found, meanings(found), [])
    held = [identity for narrative in drawn for identity in narrative.message_ids]
    assert len(held) == len(set(held))
    assert narratives(found, meanings(found), []) == drawn


def test_nothing_below_the_least_number_of_messages_is_told() -> None:
    found = told(200)
    assert narratives(found, meanings(found), [], min_messages=101) == []
    assert all(n.messages >= 60 for n in narratives(found, meanings(found), [], min_messages=60))
    few = told(20)
    assert narratives(few, meanings(few), []) == []
    none = read([])
    assert narratives(none, np.zeros((0, 64), np.float32), []) == []
