"""A Dutch reader gets every sentence of an alert in Dutch."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

import alerts
from alerts import dismiss, dutch
from tests.alerts.families import LATER, NOW, START, campaign_posts, every, finding, grown, message, run, template_of

SENTENCES = re.compile(r'f?"([A-Z{][^"\n]*\.)"')


def test_what_an_alert_says_and_what_happens_to_it() -> None:
    posts = campaign_posts(author=None, published_precision="day")
    family = finding(posts)
    first = run([family], posts)
    decided = dismiss(first.new[0], "Jansen", "known", NOW)
    more = [*campaign_posts(9), *(message(40 + n, "x", published=START + timedelta(days=n)) for n in range(3))]
    wider = grown(family, more, template=template_of("Ik woon in"))
    second = run([wider], more, [decided], now=LATER)
    gone = run([], more, every(second), now=LATER)
    back = run([wider], more, every(gone), now=LATER)
    (alert,) = back.updated
    said = [check.reason for check in alert.benign] + [change.summary for change in alert.history[1:]]
    said += [*alert.not_judged, *first.new[0].not_judged, *back.statuses[0].reasons]
    for sentence in said:
        assert dutch(sentence) != sentence, sentence


@pytest.mark.parametrize("folder", [".", "benign"])
def test_every_sentence_that_the_code_can_say_has_its_dutch(folder: str) -> None:
    place = Path(alerts.__file__).parent / folder
    names = ["judging.py", "unjudged.py"] if folder == "." else [path.name for path in place.glob("*.py")]
    code = "".join((place / name).read_text(encoding="utf-8") for name in names)
    code = re.sub(r'"""[\s\S]*?"""', "", code)
    said = SENTENCES.findall(code)
    assert len(said) >= 8
    for sentence in said:
        filled = re.sub(r"\{share\([^{}]*\)\}", "3 of 4", sentence).replace("{given}", "")
        filled = re.sub(r"\{[^{}]*\}", "7", filled)
        assert dutch(filled) != filled, sentence


def test_figures_keep_their_place_and_what_is_not_ours_stays() -> None:
    assert dutch("12 of 40 messages name the same organisation or campaign as their sender.").startswith("12 van 40 ")
    assert dutch("+3 messages, now 11; q 1e-05 to 1e-07.") == "+3 berichten, nu 11; q 1e-05 naar 1e-07."
    assert dutch("Alles goed.") == "Alles goed."
    assert dutch("") == ""
