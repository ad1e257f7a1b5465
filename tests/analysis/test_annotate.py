"""Annotation: what counts as the same wording, and what every message is told about itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Annotator, LanguageError, Languages
from tests.analysis.samples import annotator, message, posts, read

ANY_TEXT = st.text(st.characters(), max_size=80)


def text_id(text: str) -> str:
    return annotator().annotate([message(0, text)]).annotations[0].text_id


def words(text: str) -> int:
    return annotator().annotate([message(0, text)]).annotations[0].words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vote on Wednesday!", "vote, on WEDNESDAY"),
        ("Vote now https://example.org/a?b=1", "Vote now www.example.com"),
        ("Vote now", "Vote now @someone @other@social.example"),
        ("Write to [e-mail] or [name].", "write to or"),
        ("De caf\u00e9s", "De cafe\u0301s"),
        ("STRASSE", "stra\u00dfe"),
        ("\uff21\uff22\uff23 news", "abc news"),
        ("one\n\ntwo", "One two"),
        ("投票日は水曜日です。", "投票日は水曜日です！"),
    ],
)
def test_texts_that_say_the_same_letter_for_letter_have_one_id(one: str, other: str) -> None:
    assert text_id(one) == text_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vote on 3 May", "Vote on 4 May"),
        ("It is true", "It is not true"),
        ("he said", "she said"),
        ("投票", "投書"),
        ("#vote", "#veto"),
        ("[namely] this", "this"),
    ],
)
def test_texts_that_say_something_else_have_another_id(one: str, other: str) -> None:
    assert text_id(one) != text_id(other)


def test_scripts_without_spaces_count_characters() -> None:
    assert words("投票日は水曜日") == 7
    assert words("เลือกตั้ง") == len("เลือกตั้ง")
    assert words("kies op 投票") == 4


@pytest.mark.parametrize("text", ["", "   ", "https://example.org", "@someone", "!?!", "👍👍", "[name]"])
def test_a_text_without_words_is_in_no_corpus(text: str) -> None:
    assert words(text) == 0
    assert not annotator().annotate([message(0, text)]).keys.any()
    assert len(read([message(0, text), message(1, "one two three four")])) == 1


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_read_alike_in_any_case_of_its_surroundings(text: str) -> None:
    """Also with lone surrogates, controls and unassigned characters."""
    assert text_id(text) == text_id(f"  {text}\n")
    assert text_id(text).startswith("t_")
    assert len(text_id(text)) == 34


@settings(max_examples=40, deadline=None)
@given(st.lists(ANY_TEXT | st.sampled_from(["Vote now!", "vote now", "Stem nu"]), max_size=12))
def test_a_batch_reads_each_message_as_if_alone(texts: list[str]) -> None:
    batch = annotator().annotate(posts(texts))
    assert [a.message_id for a in batch.annotations] == [m.id for m in posts(texts)]
    assert [a.text_id for a in batch.annotations] == [text_id(text) for text in texts]
    assert batch.text_ids == sorted({a.text_id for a in batch.annotations})
    alone = {text_id(t): annotator().annotate([message(0, t)]).keys[0] for t in texts}
    for identity, keys in zip(batch.text_ids, batch.keys, strict=True):
        assert np.array_equal(keys, alone[identity])


def test_band_keys_are_the_same_for_one_wording_and_shared_by_near_copies() -> None:
    text = "The polling station in our street was closed without any notice, and nobody will say why."
    batch = annotator().annotate(
        posts([text, text.upper() + "!!", text.replace("street", "village"), "Something else."])
    )
    keys = dict(zip(batch.text_ids, batch.keys, strict=True))
    same, again, near, other = (keys[a.text_id] for a in batch.annotations)
    assert len(batch.text_ids) == 3
    assert np.array_equal(same, again)
    assert (same == near).any()
    assert not (same == other).any()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De gemeente wil het stembureau in onze wijk sluiten, en niemand legt uit waarom.", "nl"),
        ("The council wants to close the polling station in our area, and nobody says why.", "en"),
        ("Die Gemeinde will das Wahllokal in unserem Viertel schließen, und niemand sagt, warum.", "de"),
        ("", "und"),
        ("12345", "und"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert annotator().annotate([message(0, text)]).annotations[0].language == language


def test_one_wording_has_one_language_whatever_links_its_copies_carry_and_however_they_come() -> None:
    links = ["", "https://example.org/the-polling-station-is-closed-and-nobody-in-our-street-knows-why"]
    messages = posts([f"{link} Verkiezing: stembureau woensdag dicht" for link in links])
    for batch in (1, 2):
        for order in (messages, messages[::-1]):
            assert [a.language for a in read(order, batch).annotations] == ["nl", "nl"]


def test_a_language_that_the_source_states_is_kept() -> None:
    said = annotator().annotate([message(0, "Stem", language="af"), message(1, "Stem")])
    assert said.annotations[0].language == "af"


def test_a_language_nobody_knows_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(LanguageError, match=r"no language 'dutch'; there are: .*\bnl\b"):
        Annotator(Languages(("dutch",)))
