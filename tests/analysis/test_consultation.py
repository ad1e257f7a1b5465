"""A consultation: planted campaigns are found whole and apart, and independent letters are left alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from random import Random

import pytest

from analysis import Finding
from analysis.detectors import families
from analysis.detectors import letters as letters_detector
from ingest import Message
from stemwacht.demo.consultation import plan
from stemwacht.demo.letter import Campaigns, Truth
from tests.analysis.samples import family_of, letters, members, posts, read

SEED = 7


@pytest.fixture(scope="module")
def consulted() -> tuple[dict[str, Message], Mapping[str, Truth], list[Finding]]:
    messages, truth = letters(SEED, 300, plan(SEED, 300))
    found = read(messages)
    return {m.id: m for m in messages}, truth, letters_detector.detect(found, families.detect(found, None))


Consulted = tuple[dict[str, Message], Mapping[str, Truth], list[Finding]]


def campaigns(truth: Mapping[str, Truth], kind: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for identity, planted in truth.items():
        if planted.kind == kind:
            found[planted.campaign].add(identity)
    return found


def test_no_independent_letter_stands_in_a_family(consulted: Consulted) -> None:
    _, truth, found = consulted
    assert {identity for f in found for identity in members(f)} <= set(truth)


@pytest.mark.parametrize("kind", ["mail_merge", "light_edit", "mad_lib", "paraphrase"])
def test_a_campaign_is_one_family(consulted: Consulted, kind: str) -> None:
    _, truth, found = consulted
    for planted in campaigns(truth, kind).values():
        largest = max(found, key=lambda f: len(members(f) & planted))
        assert len(members(largest) & planted) >= 0.95 * len(planted)
        assert members(largest) <= planted


def test_every_family_is_far_beyond_chance(consulted: Consulted) -> None:
    _, _, found = consulted
    assert found
    assert all(0 <= f.chance.p <= f.chance.q <= 1e-6 for f in found)


def test_a_mail_merge_has_a_template_whose_slots_hold_what_was_merged(consulted: Consulted) -> None:
    _, truth, found = consulted
    for planted in campaigns(truth, "mail_merge").values():
        family = max(found, key=lambda f: len(members(f) & planted))
        assert family.detector == "letters"
        assert family.template is not None
        assert family.template.slots
        assert family.template.letters >= 0.8 * len(planted)
        merged = Counter(value for identity in planted for value in truth[identity].slots.values())
        filled = {value for slot in family.template.slots for value, _ in slot.values}
        assert sum(value in filled for value in merged) >= 0.5 * len(merged)
        assert "template" in {m.relation for m in family.members}


def test_own_words_are_those_the_sender_wrote(consulted: Consulted) -> None:
    _, truth, found = consulted
    own = {m.message_id: " ".join(m.own_words) for f in found if f.template for m in f.members}
    written = [(identity, words) for identity in own if identity in truth for words in truth[identity].own_words]
    held = sum(1 for identity, words in written if set(words.split()) & set(own[identity].split()))
    assert not written or held >= 0.7 * len(written)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_campaigns_on_one_phrase_bank_are_families_under_one_umbrella(seed: int) -> None:
    messages, truth = letters(seed, 1_500, [Campaigns("phrase_bank", (20, 20, 20, 20))])
    found = families.detect(read(messages), None)
    assert sum(len(f.members) for f in found) >= 0.9 * len(truth)
    assert {identity for f in found for identity in members(f)} <= set(truth)
    for family in found:
        drawn = Counter(truth[identity].campaign for identity in members(family))
        assert drawn.most_common(1)[0][1] >= 0.9 * drawn.total()
    under = Counter(f.umbrella for f in found if f.umbrella)
    assert len(under) == 1
    assert under.total() >= 3
    earliest = min(identity for f in found if f.umbrella for identity in members(f))
    assert set(under) == {"u_" + earliest.removeprefix("m_")}


def test_letters_in_another_order_and_in_batches_give_the_same_findings() -> None:
    messages, _ = letters(3, 150, [Campaigns("phrase_bank", (20, 20)), Campaigns("paraphrase", (25,))])
    whole, parts = read(messages), read(Random(1).sample(messages, len(messages)), 37)
    expected = families.detect(whole, None)
    assert len(expected) >= 2
    assert families.detect(parts, None) == expected
    assert letters_detector.detect(parts, expected) == letters_detector.detect(whole, expected)


LETTER = (
    "Dear members of the council, I write about the polling station in {street}. "
    "It was open from 8 to 21 hours at the last election, and 1200 people voted there. "
    "The council should keep it open, since the next one is four miles from our homes. "
    "Please let me know what you decide. Yours sincerely, {name}"
)


def test_a_changed_number_and_an_inserted_not_are_told_as_variants() -> None:
    names = ["Ann Archer", "Ben Baker", "Cas Cook", "Dee Dyer", "Eve Elder", "Fay Fisher", "Gus Glover", "Hal Hunter"]
    texts = [LETTER.format(street=f"{name.split()[1]} Street", name=name) for name in names]
    number = LETTER.format(street="Ivy Street", name="Ida Ivory").replace("1200", "2100")
    negated = LETTER.format(street="Jay Street", name="Jon Joiner").replace("should keep", "should not keep")
    independent, _ = letters(5, 40)
    found = read([*posts([*texts, number, negated], "letter"), *[m for m in independent if int(m.id[2:]) >= 10]])
    (family,) = letters_detector.detect(found, families.detect(found, None))
    marks = {m.message_id: m.variants for m in family.members}
    assert marks == {f"m_{n:06}": () for n in range(8)} | {"m_000008": ("number",), "m_000009": ("negation",)}


def test_letters_with_lone_surrogates_are_read_like_others() -> None:
    texts = [LETTER.format(street=f"Street \udcff{n}", name="\ud800 Me") for n in range(6)]
    found = read(posts(texts, "letter"))
    (family,) = letters_detector.detect(found, families.detect(found, None))
    assert family_of([family], "m_000000").texts == 6


def test_posts_have_no_template() -> None:
    found = read(posts([LETTER.format(street=f"{n}th Street", name=f"Writer {n}") for n in range(8)]))
    (family,) = letters_detector.detect(found, families.detect(found, None))
    assert (family.detector, family.template) == ("families", None)
