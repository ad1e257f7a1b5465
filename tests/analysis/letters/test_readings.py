"""Letters read against their template: fixed text, slot values, own words, and the four variants."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Template
from analysis.letters import LetterVariant, align, classify, own_words, prepare, recover_template

BODY = (
    "as a resident I object to the plan to close the swimming pool, because children here have no other place to learn "
    "to swim. Please keep it open and put the money that the road would cost into its repair."
)
OWN = "My grandson nearly drowned in the canal two summers ago before anybody heard him shout."


def merged(name: str, age: int) -> str:
    return f"Dear council, my name is {name} and I am {age} years old, and {BODY}"


@pytest.fixture(scope="module")
def template() -> Template:
    names = ("Anna", "Bert", "Chris", "Dora", "Emil", "Fien", "Guus", "Hans", "Ilse", "Joop")
    found = recover_template([merged(name, 30 + place) for place, name in enumerate(names)])
    assert found is not None
    return found


def test_fills_and_spans_point_into_the_letter(template: Template) -> None:
    text = merged("Zora van Dijk", 81)
    reading = align(template, text)
    assert reading.fills == ("Zora van Dijk", "81")
    assert [text[first:end] for first, end in (span for span in reading.spans if span)] == ["Zora van Dijk", "81"]
    assert next(text[first:end] for first, end in reading.fixed) == "Dear council, my name is"
    assert (reading.coverage, reading.intact, reading.own, reading.added_words) == (1.0, 1.0, (), 0)


def test_own_words_are_the_added_runs(template: Template) -> None:
    text = f"{merged('Anna', 30)} {OWN}"
    reading = align(template, text)
    assert reading.own == (OWN.rstrip("."),)
    assert [text[first:end] for first, end in reading.own_spans] == list(reading.own)


def edited(text: str) -> str:
    return text.replace("object to the plan", "am wholly against plans").replace("Please keep it open", "Keep it")


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        (merged("Anna", 30), "verbatim"),
        (merged("Someone Else", 99).upper(), "verbatim"),
        (f"{OWN} {merged('Anna', 30)}", "template_plus_additions"),
        (merged("Anna", 30) + " Thank you.", "template_plus_additions"),
        (edited(merged("Anna", 30)), "edited_template"),
        (merged("Anna", 30).split(". ")[0], "edited_template"),
        (OWN, "own_words"),
        ("", "own_words"),
        ("no", "own_words"),
    ],
)
def test_four_variants(template: Template, text: str, variant: LetterVariant) -> None:
    assert classify(template, text) == variant
    assert classify([prepare(template)], text) == variant


def test_without_a_template_all_words_are_own() -> None:
    assert classify([], merged("Anna", 30)) == "own_words"


def test_best_of_several_templates_judges(template: Template) -> None:
    other = Template(parts=(OWN,), slots=(), fixed_share=1.0, letters=5)
    assert classify([other, template], merged("Anna", 30)) == "verbatim"
    assert classify([template, other], OWN) == "verbatim"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(6, 40))
def test_own_words_of_a_family(seed: int, number: int) -> None:
    random = Random(seed)
    own = [" ".join(f"own{random.randrange(10**9)}" for _ in range(random.randint(5, 30))) for _ in range(number)]
    texts = [f"{BODY} {words}" if place % 2 else BODY for place, words in enumerate(own)]
    assert own_words(texts) == [(own[place],) if place % 2 else () for place in range(number)]


def test_own_words_of_small_and_odd_families() -> None:
    assert own_words([]) == []
    assert own_words(["", "yes", "one two"]) == [(), (), ()]
    assert own_words([BODY, BODY]) == [(), ()]
    assert own_words(["一二三四五六七"] * 3) == [(), (), ()]
