"""Two texts alike but for a number, a date or a "not", in five languages."""

import pytest

from analysis import Variant
from analysis.letters import (
    OutsideSlots,
    align,
    date_signature,
    negation_signature,
    number_signature,
    recover_template,
    variants,
    variants_outside_slots,
)


@pytest.mark.parametrize(
    ("language", "text", "other", "expected"),
    [
        ("nl", "Er stemden 1.200 mensen.", "Er stemden 1.300 mensen.", ("number",)),
        ("en", "About 1.5 million voted.", "About 2.5 million voted.", ("number",)),
        ("de", "Nur drei Wahllokale sind offen.", "Nur vier Wahllokale sind offen.", ("number",)),
        ("fr", "Il manque 45 bulletins.", "Il manque 54 bulletins.", ("number",)),
        ("ro", "Au votat 60 % dintre alegători.", "Au votat 40 % dintre alegători.", ("number",)),
        ("nl", "Stem op 29 oktober.", "Stem op 30 oktober.", ("date",)),
        ("en", "Vote on March 3rd, 2027.", "Vote on March 4, 2027.", ("date",)),
        ("de", "Gewählt wird am 23. Februar 2025.", "Gewählt wird am 24. Februar 2025.", ("date",)),
        ("fr", "On vote le 1er juin.", "On vote le 1er juillet.", ("date",)),
        ("ro", "Votăm duminică.", "Votăm luni.", ("date",)),
        ("nl", "Het stembureau is open.", "Het stembureau is niet open.", ("negation",)),
        ("en", "The office will open.", "The office won’t open.", ("negation",)),
        ("de", "Die Briefwahl ist sicher.", "Die Briefwahl ist nicht sicher.", ("negation",)),
        ("fr", "Le vote est sûr.", "Le vote n'est pas sûr.", ("negation",)),
        ("ro", "Votul este sigur.", "Votul nu este sigur.", ("negation",)),
        ("nl", "Ik steun dit plan.", "Ik verwerp dit plan.", ("negation",)),
        ("en", "I support this plan.", "I oppose this plan.", ("negation",)),
        ("de", "Ich stimme dafür.", "Ich stimme dagegen.", ("negation",)),
        ("fr", "Je vote pour ce projet.", "Je vote contre ce projet.", ("negation",)),
        ("ro", "Susțin acest plan.", "Resping acest plan.", ("negation",)),
        ("en", "Vote on 3 May 2024, room 12.", "Vote on 4 May 2024, room 21.", ("number", "date")),
        ("en", "We wait since Nov 2011.", "We wait since Nov 3011.", ("date",)),
    ],
)
def test_variants(language: str, text: str, other: str, expected: tuple[Variant, ...]) -> None:
    assert variants(text, other, language) == expected
    assert variants(other, text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("nl", "Er stemden 1,5 miljoen mensen.", "Er stemden 1.500.000 mensen."),
        ("en", "It costs 1,200.50 euros.", "It costs 1.200,50 euros."),
        ("en", "Three stations closed.", "3 stations closed."),
        ("fr", "Il y a 10 000 votants.", "Il y a 10000 votants."),
        ("nl", "Stem op 29-10-2025.", "Stem op 29 oktober 2025."),
        ("en", "Vote on March 3.", "Vote on 3 March 2027."),
        ("en", "Over 500 people came.", "Over 500 people came, 20 of them by bus."),
        ("nl", "Niet alleen ouderen stemmen.", "Ouderen stemmen."),
        ("en", "See https://example.org/a/123 #vote2025", "See https://example.org/b/456 #vote2026"),
        ("en", "The H-2A program.", "The H2A program."),
        (None, "It is so.", "It is not so."),
        ("xx", "It is so.", "It is not so."),
        ("en", "", ""),
    ],
)
def test_no_variant(language: str | None, text: str, other: str) -> None:
    assert variants(text, other, language) == ()


def test_signatures() -> None:
    assert number_signature("On 3 May 2024 at 10:30, 1,5 miljoen and 12 of 12, COVID19") == (
        "10:30",
        "12",
        "12",
        "1500000",
    )
    assert date_signature("dinsdag 3 mei 2024; 2024-05-03") == ((None, None, None, 2), (2024, 5, 3, None))
    assert date_signature("You may march on") == ()
    signature = negation_signature("Je ne veux pas et n'irai jamais", "fr")
    assert signature is not None
    assert signature.negations == 2
    assert negation_signature("no", "xx") is None


def test_slot_values_and_own_words_are_no_contradiction() -> None:
    body = "years old and I ask you not to close the 3 polling stations in our town before the 12th of May this year"
    texts = [f"I am {age} {body}, yours, Q{age * 7919}" for age in range(20, 40)]
    template = recover_template(texts)
    assert template is not None

    def outside(text: str) -> tuple[Variant, ...]:
        return variants_outside_slots(template, align(template, text), text, "en")

    own = " I have never seen such a thing in all of 45 years here, nor on 2 June."
    assert variants(texts[0], texts[1], "en") == ("number",)
    assert outside(texts[0]) == ()
    assert outside(texts[0] + own) == ()
    assert outside(texts[0].replace("the 3 polling", "the 4 polling")) == ("number",)
    assert outside(texts[0].replace("12th of May", "13th of May")) == ("date",)
    assert outside(texts[0].replace("not to close", "to close")) == ("negation",)


def test_a_sentence_left_out_is_no_negation() -> None:
    first = "The council promised in spring that every street would keep its own polling station this year."
    second = "It is not right that our neighbours cannot vote near home and never heard why."
    template = recover_template([f"{first} {second} Q{number * 7919}" for number in range(10)])
    assert template is not None
    assert variants_outside_slots(template, align(template, first), first, "en") == ()
    assert variants(first, f"{first} {second}", "en") == ("negation",)


@pytest.mark.parametrize("text", ["Bir martı gördüm.", "Toplantı 5 maı 2027.", "sıx ſeven", "3 mıe"])
def test_letters_that_look_alike_to_a_pattern_are_other_letters(text: str) -> None:
    assert date_signature(text) == ()
    assert variants(text, text, "en") == ()


def test_a_template_read_once_tells_the_same_of_every_letter() -> None:
    body = "I ask you not to close the 3 polling stations before 12 May. Nobody in our town was heard about it."
    template = recover_template([f"{body} Q{number * 7919}" for number in range(10)])
    assert template is not None
    outside = OutsideSlots(template)
    texts = [body, body.replace("3", "4"), body.split(".", maxsplit=1)[0], body.replace("not ", ""), body, ""]
    for text in texts:
        alone = variants_outside_slots(template, align(template, text), text, "en")
        assert outside.variants(align(template, text), text, "en") == alone
    assert outside.variants(align(template, texts[1]), texts[1], "en") == ("number",)
