"""Declared campaigns raise no alert and are counted as declared; the opposite opinion is not declared with them."""

from datetime import date
from pathlib import Path

import pytest

from alerts import Campaign, declared, load_registry
from ingest import Message
from tests.alerts.families import LATER, NOW, campaign_posts, every, finding, message, run, template_of

MODEL = (
    "Ik ben voor het voorstel om de stembureaus langer open te houden, omdat mensen die laat werken ook moeten kunnen "
    "stemmen en omdat de rijen in de stad dan korter worden."
)
BOND = Campaign(id="bond", name="Laat open", organisation="Bond van Tellers", since=date(2026, 11, 1), texts=(MODEL,))


def letters(text: str, count: int = 12, **fields: object) -> list[Message]:
    """As many letters that open with a name and close with a number."""
    return [
        message(n, f"Beste raad, ik heet lezer {n}. {text} Groet {n}", kind="letter", **fields) for n in range(count)
    ]


def campaign_of(posts: list[Message], campaign: Campaign) -> Campaign | None:
    """The campaign that this family is recognised as."""
    return declared(finding(posts), posts, (campaign,))


def test_a_declared_text_raises_no_alert_and_is_counted() -> None:
    posts = letters(MODEL.upper().replace("LANGER", "LANGER 22:00"))
    outcome = run([finding(posts)], posts, registry=(BOND,))
    assert not outcome.new
    assert (outcome.statuses[0].status, outcome.statuses[0].campaign_id) == ("declared", "bond")
    assert outcome.statuses[0].messages == 12


@pytest.mark.parametrize(
    "opposite",
    [
        MODEL.replace("Ik ben voor", "Ik ben tegen"),
        MODEL.replace("Ik ben voor", "Ik ben niet voor"),
        MODEL.replace("ook moeten kunnen", "niet moeten kunnen"),
        MODEL.replace("langer open te houden", "niet langer open te houden"),
    ],
)
def test_the_opposite_opinion_in_near_identical_words_is_not_declared(opposite: str) -> None:
    posts = letters(opposite)
    assert campaign_of(posts, BOND) is None
    assert run([finding(posts)], posts, registry=(BOND,)).new


def test_own_words_with_a_not_leave_it_declared() -> None:
    posts = letters(f"{MODEL} Vorige keer kon ik door mijn dienst helemaal niet stemmen en dat vond ik jammer.")
    assert campaign_of(posts, BOND) == BOND


def test_half_of_the_text_is_enough_and_less_is_not() -> None:
    said = MODEL.split()
    assert campaign_of(letters(" ".join(said[: len(said) * 2 // 3])), BOND) == BOND
    assert campaign_of(letters(" ".join(said[: len(said) // 4]) + " en verder vind ik er van alles van"), BOND) is None


def test_the_fixed_text_of_a_template_may_be_a_part_of_the_model() -> None:
    part = " ".join(MODEL.split()[:12])
    posts = [message(n, f"{part} in wijk {n} van de stad waar ik al heel lang woon met mijn gezin") for n in range(8)]
    assert declared(finding(posts, template=template_of(part)), posts, (BOND,)) == BOND


def test_a_family_from_before_the_announcement_is_not_declared() -> None:
    later = Campaign(id="bond", name="Laat open", organisation="B", since=date(2026, 11, 17), texts=(MODEL,))
    assert campaign_of(letters(MODEL), later) is None
    assert campaign_of(letters(MODEL, published=None), later) == later


def test_channels_links_and_names() -> None:
    link = "https://www.laatopen.example/doe-mee/?utm_source=x"
    linked = Campaign(id="l", name="L", organisation="O", since=date(2026, 1, 1), links=("laatopen.example/doe-mee",))
    posts = [message(n, f"woorden {n}", links=(link,) if n < 6 else ()) for n in range(10)]
    assert campaign_of(posts, linked) == linked
    assert campaign_of(posts[4:], linked) is None
    elsewhere = Campaign(id="l", name="L", organisation="O", since=date(2026, 1, 1), links=(link,), channels=("zorg",))
    assert campaign_of(posts, elsewhere) is None
    named = [message(n, f"woorden {n}", declared_campaign="laat open") for n in range(10)]
    assert campaign_of(named, BOND) == BOND
    signed = [message(n, f"woorden {n}", organisation="bond van tellers") for n in range(10)]
    assert campaign_of(signed, BOND) == BOND


def test_an_alert_whose_campaign_is_declared_afterwards_is_withdrawn() -> None:
    posts = letters(MODEL)
    first = run([finding(posts)], posts)
    (alert,) = run([finding(posts)], posts, first.new, registry=(BOND,), now=LATER).updated
    assert alert.axes.campaign == "declared"
    assert alert.history[-1].event == "withdrawn"
    again = run([finding(posts)], posts, (alert,), registry=(BOND,), now=NOW)
    assert every(again) == again.unchanged == (alert,)


def test_an_empty_registry_declares_nothing() -> None:
    posts = campaign_posts()
    assert declared(finding(posts), posts, load_registry(None)) is None


def test_the_registry_file(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.toml"
    path.write_text(
        '[[campaign]]\nid = "b"\nname = "N"\norganisation = "O"\nsince = 2026-11-01\ntexts = ["Een tekst"]\n',
        encoding="utf-8",
    )
    assert load_registry(path)[0].since == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('[[campaign]]\nid = "b"\nnmae = "N"\n', "did you mean 'name'"),
        ('[[campaign]]\nid = "b"\nname = "N"\norganisation = "O"\n', "missing required field since"),
        ('[[campaign]]\nid = "b"\nname = "N"\norganisation = "O"\nsince = 2026-11-01\n', "needs texts or links"),
        (
            '[[campaign]]\nid = "b"\nname = "N"\norganisation = "O"\nsince = "soon"\ntexts = ["a"]\n',
            "campaign[0].since",
        ),
        ("[[campaign", "is not valid TOML"),
        (
            '[[campaign]]\nid="b"\nname="N"\norganisation="O"\nsince=2026-11-01\nlinks=["a.example"]\n' * 2,
            "stands twice",
        ),
    ],
)
def test_a_registry_with_a_mistake_says_how_to_mend_it(tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / "campaigns.toml"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(ValueError, match=r"campaigns\.toml") as error:
        load_registry(path)
    assert message in str(error.value)
