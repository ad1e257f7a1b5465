"""Rules are data; a mistake in one is told at load."""

from pathlib import Path

import pytest

import alerts
from alerts import CHECKS, MIN_SHOWN, alert_title, load_rules
from tests.alerts.families import RULES, campaign_posts, finding, run

SOURCE = Path(alerts.__file__).parent / "rules" / "copied-posts.toml"


def test_the_rules_that_come_along_cover_every_relation_once() -> None:
    assert {rule.id for rule in RULES} == {
        "copied-posts",
        "templated-letters",
        "reworded-campaign",
        "translated-campaign",
        "co-sharing-accounts",
        "hashtag-wave",
        "waking-accounts",
    }
    for detector in ("families", "letters"):
        covered = [relation for rule in RULES if detector in rule.detectors for relation in rule.relations]
        assert sorted(covered) == ["copy", "paraphrase", "template", "translation"]
    for rule in RULES:
        assert rule.q_max == 0.01
        assert rule.min_messages >= MIN_SHOWN
        assert rule.min_senders >= 3
        assert {*rule.holds_back, *rule.informs} <= set(CHECKS)
        assert rule.disarm
        assert len(rule.nl.triage) == len(rule.en.triage)
        assert len(rule.nl.known_false_positives) == len(rule.en.known_false_positives)


def test_a_title_in_dutch() -> None:
    posts = campaign_posts(9, kind="letter")
    (alert,) = run([finding(posts)], posts).new
    rule = next(rule for rule in RULES if rule.id == alert.rule)
    assert alert_title(alert, rule, "nl") == "9 brieven met dezelfde of bijna dezelfde tekst, niet aangekondigd"
    assert alert_title(alert, rule) == alert.title


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("min_senders = 3", "min_sender = 3", "no key 'min_sender'; did you mean 'min_senders'?"),
        ('"headline"', '"headlines"', "no benign check 'headlines'; did you mean 'headline'?"),
        ("min_messages = 5", "min_messages = 4", "min_messages: expected int >= 5"),
        ("q_max = 0.01", "q_max = 0.5", "q_max"),
        ('["copy"]', '["copies"]', "relations"),
        ("{messages}", "{count}", "a title may use"),
        ('informs = ["time_spread"]', 'informs = ["headline"]', "name it once"),
        ('["families", "letters"]', '["famlies"]', "detectors"),
    ],
)
def test_a_rule_with_a_mistake_says_how_to_mend_it(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "copied-posts.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=r"copied-posts\.toml") as error:
        load_rules(tmp_path)
    assert message in str(error.value)


def test_two_rules_for_one_finding_are_an_error(tmp_path: Path) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    (tmp_path / "b.toml").write_text(text.replace('id = "copied-posts"', 'id = "b"'), encoding="utf-8")
    with pytest.raises(ValueError, match="both cover copy of families"):
        load_rules(tmp_path)
    (tmp_path / "b.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="two rules have the id"):
        load_rules(tmp_path)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no rules"):
        load_rules(tmp_path)
