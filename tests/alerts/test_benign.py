"""Innocent explanations hold back what is innocent, and a campaign cannot hide behind them."""

from datetime import timedelta
from itertools import islice, product
from random import Random
from typing import Any

import msgspec
import pytest

from alerts import FindingStatus
from analysis import Relation
from ingest import Message
from tests.alerts.families import SLOGAN, START, finding, message, run

QUOTE = "Wie niet wil tellen met de hand, wil niet dat er geteld wordt"
_OPENINGS = ("Mooi gezegd door", "Dit raakt me als", "Precies wat ik dacht als", "Onzin volgens", "Hoor dit eens aan")
_WHO = ("stemteller", "oud-wethouder", "buurvrouw", "student", "verpleegkundige", "chauffeur", "tuinder", "lerares")
_WHY = ("na een lange nacht", "met gemengde gevoelens", "zonder twijfel", "sinds vorig jaar", "om te onthouden")


def own_words(count: int) -> list[str]:
    """As many comments, hardly any two alike."""
    every = [f"{a} {b} {c}" for c, b, a in product(_WHY, _WHO, _OPENINGS)]
    return list(islice(every[::3] + every[1::3] + every[2::3], count))


def verdict(messages: list[Message], relation: Relation = "copy", **options: Any) -> FindingStatus:
    """What becomes of the family that these messages are."""
    return run([finding(messages, relation)], messages, **options).statuses[0]


def explained_by(status: FindingStatus) -> set[str]:
    """The supported checks."""
    return {check.name for check in status.benign if check.verdict == "supported"}


@pytest.mark.parametrize(
    "shape",
    [
        '{own}: "{quote}", aldus de burgemeester',
        '{own}. "{quote}" (de burgemeester)',
        "Onze burgemeester: “{quote}”. {own}!",
        "{own}. “{quote}” – [name]",
        "De burgemeester zei gisteren: '{quote}'. {own}.",
        "„{quote}“, schreef [account] vandaag. {own}!",
        "{own}\nDe burgemeester zei gisteren: {quote}",
    ],
)
def test_a_viral_quote_with_attribution_and_own_comments_is_no_alert(shape: str) -> None:
    posts = [message(n, shape.format(own=own, quote=QUOTE)) for n, own in enumerate(own_words(60))]
    status = verdict(posts)
    assert status.status == "explained"
    assert "quotation" in explained_by(status)
    assert not run([finding(posts)], posts).new


@pytest.mark.parametrize(
    "text",
    [
        f'"{SLOGAN}"',
        f'"{SLOGAN}", aldus een kenner',
        f'Lees dit eens goed mensen: "{SLOGAN}", aldus een kenner',
    ],
)
def test_quotation_marks_alone_hide_no_campaign(text: str) -> None:
    assert verdict([message(n, text) for n in range(30)]).status == "alert"


def test_own_comments_without_attribution_hide_no_campaign() -> None:
    posts = [message(n, f'{own}! "{SLOGAN}"'.replace("volgens", "van")) for n, own in enumerate(own_words(30))]
    assert verdict(posts).status == "alert"


def test_a_whole_letter_in_quotation_marks_is_a_letter() -> None:
    body = " ".join(f"{word} nummer{chr(97 + n % 26)}" for n, word in enumerate(QUOTE.replace(",", "").split() * 5))
    posts = [message(n, f'{own}. De buurman zei: "{body}"') for n, own in enumerate(own_words(20))]
    assert verdict(posts).status == "alert"


HEADLINE = "Kiesraad telt stemmen in drie gemeenten opnieuw na fout in software"
LINK = "https://krant.example/hertelling"


def test_a_headline_with_its_link_is_no_alert() -> None:
    plain = [message(n, f"{HEADLINE} {LINK}", links=(LINK,)) for n in range(30)]
    status = verdict(plain)
    assert status.status == "explained"
    assert "headline" in explained_by(status)
    commented = [message(n, f"{own}: {HEADLINE} {LINK}", links=(LINK,)) for n, own in enumerate(own_words(60)) if n % 2]
    assert "headline" in explained_by(verdict(commented))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Teken nu de petitie tegen de sluiting van het stembureau in Assen", {}),
        ("Wij willen het stembureau in Assen gewoon open houden voor ons allemaal", {}),
        ("Het stembureau in Assen gaat dicht! Dat pikt niemand in de stad", {}),
        ("Het stembureau in Assen gaat dicht en dat pikt niemand", {"hashtags": ("HoudAssenOpen",)}),
        (SLOGAN + " terwijl de rij nog om het hele gebouw stond en de burgemeester thuis zat te eten", {}),
    ],
)
def test_a_link_alone_hides_no_campaign(text: str, fields: dict[str, Any]) -> None:
    posts = [message(n, f"{text} {LINK}", links=(LINK,), **fields) for n in range(30)]
    assert verdict(posts).status == "alert"


def test_a_headline_hammered_by_a_few_accounts_is_an_alert() -> None:
    posts = [message(n, f"{HEADLINE} {LINK}", links=(LINK,), author=f"p{n % 6}") for n in range(30)]
    assert verdict(posts).status == "alert"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hartelijk dank aan alle vrijwilligers en een fijne dag!", "nl"),
        ("Thank you for the opportunity to comment.", "en"),
        ("Vielen Dank und einen schönen Tag noch!", "de"),
        ("Merci beaucoup et bonne journée à tous", "fr"),
        ("Mulțumesc frumos și o zi bună tuturor!", "ro"),
    ],
)
def test_a_polite_standard_phrase_is_no_alert(text: str, language: str) -> None:
    status = verdict([message(n, text, language=language) for n in range(40)])
    assert status.status == "explained"
    assert "stock_phrase" in explained_by(status)


@pytest.mark.parametrize(
    "text",
    [
        "Bedankt Jansen, en nu stem op lijst acht",
        "Hartelijk dank dat dit stembureau niet sluit",
        "Fijne dag, de stembureaus in het noorden zijn gisteren veel te vroeg gesloten door de gemeente",
    ],
)
def test_courtesy_hides_no_campaign(text: str) -> None:
    assert verdict([message(n, text) for n in range(30)]).status == "alert"


def test_a_courtesy_within_the_hour_stays() -> None:
    text = "Hartelijk dank aan alle vrijwilligers en een fijne dag!"
    posts = [message(n, text, published=START + timedelta(minutes=n)) for n in range(40)]
    assert verdict(posts).status == "alert"


def test_reposts_count_their_original_once() -> None:
    reposts = [message(n, SLOGAN, repost_of="m_original") for n in range(30)]
    assert explained_by(verdict(reposts)) >= {"repost"}
    copies = [message(n, SLOGAN, repost_of=f"m_{n}") for n in range(30)]
    assert verdict(copies).status == "alert"
    typed = [message(n, f"RT {SLOGAN}") for n in range(30)]
    assert verdict(typed).status == "alert"


def test_one_writer_is_no_campaign_but_does_not_cover_the_others() -> None:
    alone = [message(n, SLOGAN, author="p1" if n < 27 else f"p{n}") for n in range(30)]
    assert explained_by(verdict(alone)) >= {"one_writer"}
    others = [message(n, SLOGAN, author="p1" if n < 27 else f"p{n}") for n in range(40)]
    assert verdict(others).status == "alert"
    many = [message(n, SLOGAN, author="p1" if n < 990 else f"p{n}") for n in range(1000)]
    assert verdict(many).status == "alert"


def test_an_organisation_that_says_so_is_no_alert() -> None:
    said = [message(n, SLOGAN, organisation="Bond van Tellers") for n in range(10)]
    assert explained_by(verdict(said)) >= {"official_accounts"}
    some = [message(n, SLOGAN, organisation="Bond van Tellers" if n % 2 else None) for n in range(10)]
    assert verdict(some).status == "alert"


def test_letters_that_quote_the_consulted_text_are_no_alert() -> None:
    text = "De burgemeester kan het stembureau eerder sluiten indien de veiligheid van de leden dat vordert"
    vocabulary = [
        a + b for a in ("straat", "buurt", "avond", "rij", "werk", "bus") for b in ("en", "je", "licht", "tijd")
    ]
    opinions = [" ".join(Random(n).sample(vocabulary, 14)) for n in range(40)]
    letters = [
        message(n, f"In artikel 4 staat: “{text}”. Eigen mening: {own}.", kind="letter")
        for n, own in enumerate(opinions)
    ]
    assert explained_by(verdict(letters)) >= {"consulted_text"}
    bare = [message(n, f"{text}. Eigen mening: {own}.", kind="letter") for n, own in enumerate(opinions)]
    assert verdict(bare).status == "alert"
    assert explained_by(verdict(bare, consulted=(text,))) >= {"consulted_text"}


def test_spread_over_days_only_informs() -> None:
    status = verdict([message(n, SLOGAN) for n in range(40)])
    assert status.status == "alert"
    assert explained_by(status) == {"time_spread"}


def test_a_debate_in_the_same_words_is_explained() -> None:
    posts = [message(n, SLOGAN) for n in range(20)]
    family = finding(posts)
    members = tuple(
        msgspec.structs.replace(member, variants=("negation",) if n % 2 else ())
        for n, member in enumerate(family.members)
    )
    assert run([family], posts).new
    debated = run([msgspec.structs.replace(family, members=members)], posts)
    assert "opposite_opinions" in explained_by(debated.statuses[0])
    assert debated.statuses[0].status == "explained"
    assert not debated.new
