"""The template behind mail-merge letters, whatever senders do with it."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Template
from analysis.letters import (
    Readings,
    align,
    best_followed,
    prepare,
    read_words,
    recover_template,
    recover_templates,
)

FIXED = (
    ("Dear members of the electoral commission, my name is ", 0, " and I vote in ", 1, "."),
    ("The polling station in our street was closed without notice, which keeps ", 2, " neighbours from voting."),
    ("Please reopen it before the next election, and write to me at ", 3, " how you will make up for this."),
)
FIXED_WORDS = [
    word for paragraph in FIXED for part in paragraph if isinstance(part, str) for word in read_words(part).keys
]
OTHER_LETTER = (
    "Geachte raad, het voorstel om brieven voortaan digitaal te versturen sluit veel ouderen in onze wijk buiten, "
    "en daarom verzoek ik u met klem om het besluit opnieuw te bespreken."
)


def fixed_words(template: Template | None) -> list[str]:
    return list(prepare(template).ref.keys) if template else []


def mail_merge(random: Random, paragraphs: tuple[tuple[str | int, ...], ...] = FIXED) -> list[str]:
    return [
        "".join(part if isinstance(part, str) else f"Q{random.randrange(10**9)}" for part in paragraph)
        for paragraph in paragraphs
    ]


def letters(number: int, seed: int = 1) -> list[str]:
    random = Random(seed)
    return ["\n\n".join(mail_merge(random)) for _ in range(number)]


@st.composite
def merges(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A random fixed text of distinct words, and letters with one or two words in each of its slots."""
    size = draw(st.integers(14, 60))
    blanks = draw(st.sets(st.integers(1, size - 1), max_size=5))
    number = draw(st.integers(5, 25))
    random = Random(draw(st.integers(0, 10**6)))
    fixed = random.sample([f"{a}{b}" for a in ("wa", "ke", "lo", "mi", "ru") for b in "bcdfghjklmnpqrst"], size)
    texts = []
    for _ in range(number):
        words: list[str] = []
        for place, word in enumerate(fixed):
            if place in blanks:
                words.extend(f"Q{random.randrange(10**9)}" for _ in range(random.randint(1, 2)))
            words.append(word)
        texts.append(" ".join(words))
    return fixed, texts


@settings(max_examples=60, deadline=None)
@given(merges())
def test_recovers_the_fixed_text_of_any_mail_merge(merge: tuple[list[str], list[str]]) -> None:
    fixed, texts = merge
    assert fixed_words(recover_template(texts)) == fixed


@settings(max_examples=25, deadline=None)
@given(merges(), st.randoms(use_true_random=False))
def test_order_of_letters_does_not_matter(merge: tuple[list[str], list[str]], random: Random) -> None:
    texts = [*merge[1], merge[1][0]]
    shuffled = random.sample(texts, len(texts))
    assert recover_template(texts) == recover_template(shuffled)
    assert recover_templates(texts) == recover_templates(shuffled)


def test_parts_read_as_written_with_their_slots() -> None:
    template = recover_template(letters(30))
    assert template is not None
    assert template.parts == (
        *FIXED[0][:-1],
        ".\n\n" + str(FIXED[1][0]),
        2,
        str(FIXED[1][2]) + "\n\n" + str(FIXED[2][0]),
        3,
        str(FIXED[2][2]),
    )
    assert [slot.index for slot in template.slots] == [0, 1, 2, 3]
    assert all(sum(count for _, count in slot.values) == 30 for slot in template.slots)
    assert template.letters == 30


def test_slot_values_count_copies_and_empty_slots() -> None:
    begin, end = "We the undersigned ask the city council to keep the library in", "open on Sundays this year."
    texts = [f"{begin} {place} {end}" for place in ("Oost", "Oost", "West", "Noord", "Zuid")] + [f"{begin} {end}"]
    template = recover_template(texts, weights=[1, 2, 1, 1, 1, 4])
    assert template is not None
    assert template.slots[0].values == (("", 4), ("Oost", 3), ("Noord", 1), ("West", 1), ("Zuid", 1))
    assert template.letters == 10


def test_weights_equal_copies() -> None:
    texts = letters(8)
    assert recover_template([*texts, texts[0], texts[0]]) == recover_template(texts, weights=[3] + [1] * 7)


def test_shuffled_paragraphs_give_the_same_fixed_words() -> None:
    random = Random(3)
    texts = ["\n\n".join(random.sample(paragraphs, 3)) for paragraphs in (mail_merge(random) for _ in range(60))]
    template = recover_template(texts)
    assert sorted(fixed_words(template)) == sorted(FIXED_WORDS)
    assert template is not None
    assert sum(align(template, text).coverage for text in texts) / len(texts) > 0.97


def test_dropped_paragraphs_and_own_text_leave_the_fixed_words() -> None:
    random = Random(5)
    texts = []
    for _ in range(80):
        kept = [paragraph for paragraph in mail_merge(random) if random.random() > 0.2]
        kept.insert(random.randint(0, len(kept)), " ".join(f"own{random.randrange(10**6)}" for _ in range(20)) + ".")
        texts.append("\n\n".join(kept))
    assert fixed_words(recover_template(texts)) == FIXED_WORDS


def test_two_letters_in_one_family_are_told_apart() -> None:
    texts = [*letters(20), *[f"{OTHER_LETTER} {name}" for name in ("Jan", "Piet", "Els", "Mia", "Bo", "Ria")]]
    first, second = recover_templates(texts)
    assert (first.letters, second.letters) == (20, 6)
    assert fixed_words(second) == read_words(OTHER_LETTER).keys


def test_copies_alone_are_a_template_without_slots() -> None:
    template = recover_template([OTHER_LETTER] * 100_000)
    assert template == Template(parts=(OTHER_LETTER,), slots=(), fixed_share=1.0, letters=100_000)


def test_no_template_without_shared_text() -> None:
    random = Random(7)
    unrelated = [" ".join(f"w{random.randrange(5000)}" for _ in range(40)) for _ in range(20)]
    for texts in ([], [""], ["", " "], ["yes"] * 9, ["ja", "nee", "ja"], [OTHER_LETTER], unrelated):
        assert recover_template(texts) is None
        assert recover_templates(texts) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=8))
def test_any_text_is_bad_input_at_worst(texts: list[str]) -> None:
    template = recover_template(texts)
    if template is None:
        return
    for text in texts:
        reading = align(template, text)
        assert 0 <= reading.coverage <= 1
        assert all(text[first:end] for first, end in reading.fixed)


def test_scripts_without_spaces_and_from_right_to_left() -> None:
    chinese = [
        f"尊敬的选举委员会：我叫{name}，请重新开放我们街道的投票站，谢谢。"
        for name in ("王伟", "李娜", "张敏", "刘洋", "陈静")
    ]
    arabic = [
        f"السادة أعضاء اللجنة، اسمي {name} وأطلب منكم إعادة فتح مركز الاقتراع في شارعنا قبل موعد الانتخابات القادمة"
        for name in ("أحمد", "ليلى", "سعيد", "مريم", "خالد")
    ]
    for texts in (chinese, arabic):
        template = recover_template(texts)
        assert template is not None
        assert len(template.slots) == 1
        assert align(template, texts[0]).coverage == 1


def test_readings_kept_change_nothing() -> None:
    texts = [*letters(20), *[f"{OTHER_LETTER} {name}" for name in ("Jan", "Piet", "Els", "Mia", "Bo", "Ria")]]
    readings = Readings()
    templates = recover_templates(texts, readings=readings)
    assert templates == recover_templates(texts)
    assert templates == recover_templates(texts, readings=readings)
    for template in templates:
        assert [align(template, text, readings) for text in texts] == [align(template, text) for text in texts]


@settings(max_examples=40, deadline=None)
@given(merges(), merges(), st.sampled_from([0.0, 0.5, 0.9]))
def test_the_best_followed_template_has_the_highest_coverage(
    one: tuple[list[str], list[str]], two: tuple[list[str], list[str]], least: float
) -> None:
    found = [template for template in (recover_template(one[1]), recover_template(two[1])) if template]
    prepared = [*map(prepare, found), *map(prepare, found)]
    for text in (one[1][0], two[1][0], " ".join(one[0][::2] + two[0][1::2]), ""):
        shares = [align(template, text).coverage for template in prepared]
        expected = shares.index(max(shares)) if max(shares, default=-1.0) >= least else None
        assert best_followed(prepared, text, Readings(), least=least) == expected
