"""Direct identifiers leave the text in five languages; the wording around them stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pseudonyms import Pseudonyms
from ingest.text.body import body
from ingest.text.names_in_text import without_names
from ingest.text.scrub import scrubbed

PSEUDONYMS = Pseudonyms(b"k" * 32)
ALICE = "@" + PSEUDONYMS.of("alice")[:10]


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("hallo @alice, en @Alice!", f"hallo {ALICE}, en {ALICE}!"),
        ("mail jan.jansen+x@voorbeeld.nl nu", "mail [e-mail] nu"),
        ("mail jan [at] voorbeeld.nl", "mail [e-mail]"),
        ("bel 06-12345678 of +31 6 1234 5678", "bel [phone] of [phone]"),
        ("Tel. 030/1234567, Fax 0171 1234567", "Tel. [phone], Fax [phone]"),
        ("appelez le 01 23 45 67 89.", "appelez le [phone]."),
        ("sunați la 0722 123 456", "sunați la [phone]"),
        ("call (202) 555-0143 today", "call [phone] today"),
        ("rekening NL91 ABNA 0417 1643 00 graag", "rekening [account] graag"),
        ("zie https://x.com/alice/status/123?s=20", f"zie https://x.com/{ALICE[1:]}/status/123?s=20"),
        ("https://mastodon.social/@alice", f"https://mastodon.social/{ALICE}"),
    ],
)
def test_identifiers_leave_the_text(written: str, safe: str) -> None:
    assert scrubbed(written, PSEUDONYMS)[0] == safe


@pytest.mark.parametrize(
    "ordinary",
    [
        "On 2026-11-03 and 03-11-2026 at 20:00, docket EPA-HQ-OPP-2017-0433-0001, 85 FR 16309.",
        "Het kost 1.000.000 euro, artikel 12.3.4 van 2019-2020, kamerstuk 35 925-VII.",
        "Zwischen 2015 und 2020 stieg die Zahl von 10 000 000 auf 12 500 000.",
        "Tussen 10:00 en 12:00 @ het stadhuis, 3 @ 5 euro",
        "https://netflix.com/nieuws/2026/verhaal en https://www.facebook.com/groups/123",
        "Respect voor iedereen. Thanks Obama",
        "Sincerely, I hope that you will listen.",
    ],
)
def test_ordinary_text_stays_as_it_is(ordinary: str) -> None:
    assert without_names(scrubbed(ordinary, PSEUDONYMS)[0], None) == ordinary


def test_fediverse_handles_are_whole_accounts() -> None:
    text, mentions = scrubbed("dank @bob@mastodon.social en @bob", PSEUDONYMS)
    assert "bob" not in text
    assert "mastodon" not in text
    assert mentions == [PSEUDONYMS.of("bob@mastodon.social"), PSEUDONYMS.of("bob")]


@pytest.mark.parametrize(
    "letter",
    [
        "Ik ben tegen het plan.\n\nMet vriendelijke groet,\nJan de Vries",
        "I oppose this.\n\nSincerely,\n\nJane M. Doe",
        "I oppose this. Thank you, Jane Doe",
        "Ich bin dagegen.\n\nMit freundlichen Grüßen\nHans Müller",
        "Je suis contre.\n\nCordialement,\nÉlodie Lefèvre",
        "Sunt împotrivă.\n\nCu stimă,\nIon Popescu",
        "Tegen.\n\nHoogachtend,\n\npiet bakker",
    ],
)
def test_signatures_leave_the_text(letter: str) -> None:
    safe = without_names(letter, None)
    assert safe.endswith("[name]")
    assert safe[: -len("[name]")] == letter[: len(safe) - len("[name]")]


@pytest.mark.parametrize(
    ("text", "author", "safe"),
    [
        ("I, JANE DOE, object. Jane\nDoe", "Jane Doe", "I, [name], object. [name]"),
        ("J. Doe objects; Doe, Jane too", "Jane Doe", "[name] objects; [name] too"),
        ("Hope for the climate", "climate", "Hope for the climate"),
        ("volg jan_84 nu", "jan_84", "volg [name] nu"),
        ("I object\nDoe\nAmsterdam", "Jane Doe", "I object\n[name]\nAmsterdam"),
    ],
)
def test_the_senders_own_name_leaves_the_text(text: str, author: str, safe: str) -> None:
    assert without_names(text, author) == safe


def test_a_template_stays_equal_over_its_senders() -> None:
    letters = [f"Stop this plan.\n\nSincerely,\n{name}" for name in ("Jane Doe", "Piet van der Berg", "A. Nowak")]
    authors = ["Jane Doe", "Piet van der Berg", "A. Nowak"]
    assert (
        len({body(text, [author], PSEUDONYMS, letter=True).text for text, author in zip(letters, authors, strict=True)})
        == 1
    )


@given(st.text(max_size=300), st.text(max_size=30) | st.none())
def test_scrubbing_twice_changes_nothing_more(text: str, author: str | None) -> None:
    once = scrubbed(text, PSEUDONYMS)[0]
    assert scrubbed(once, PSEUDONYMS)[0] == once
    body(text, [author] if author else [], PSEUDONYMS, letter=True)


def test_hostile_texts_take_no_time() -> None:
    for piece in ("a.", "<", "@a", "0 ", "https://", "&lt", "Thanks, ", "an ", "[at] ", "\n "):
        body((piece * 50_000)[:100_000], ["an anan"], PSEUDONYMS, letter=True)


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("My name is Derek T. Shendell, and I live in Chatham.", "My name is [name], and I live in Chatham."),
        ("Hello, my name is Ann. I farm.", "Hello, my name is [name]. I farm."),
        ("Mijn naam is Jan van der Berg en ik woon in Ede.", "Mijn naam is [name] en ik woon in Ede."),
        ("Ik heet Fatima El Amrani.", "Ik heet [name]."),
        ("Mein Name ist Jörg Weiß, ich wohne hier.", "Mein Name ist [name], ich wohne hier."),
        ("Je m'appelle Chloé Dupont-Martin et j'habite Lille.", "Je m'appelle [name] et j'habite Lille."),
        ("Mă numesc Ion Popescu și locuiesc în Cluj.", "Mă numesc [name] și locuiesc în Cluj."),
        ("My name is mud there, and their name is Legion.", "My name is mud there, and their name is Legion."),
    ],
)
def test_who_introduces_himself_is_not_named(written: str, safe: str) -> None:
    assert body(written, [], PSEUDONYMS, letter=True).text == safe
