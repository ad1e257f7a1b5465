"""Have Your Say: both shapes of the API and the CSV of a collecting tool give the same feedback."""

import json
from pathlib import Path

import pytest

from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

OLD, NEW, TOOL = "04_hys_allFeedback_brpapi.json", "04_hys_allFeedback_api.json", "04_hys_tool_feedback.csv"
EXPECTED = [  # end of the id, time in UTC, sender, language, organisation
    ("01", "2025-03-12T22:57:37", "Anselm Kranichfeld", "de", None),
    ("02", "2025-03-12T22:58:02", "Rosalie Tannhäuser", "de", None),
    ("03", "2025-03-12T22:58:44", "Veit Moosgruber", "de", None),
    ("04", "2025-03-13T07:04:10", "Apolline Verdurier", "fr", None),
    ("05", "2025-03-13T07:05:31", "Gaspard Lemoulin", "fr", None),
    ("06", "2025-03-13T08:15:00", "Sorana Câmpeanu-Vale", "ro", None),
    ("07", "2025-03-13T08:15:40", "Ilinca Stejaru", "ro", None),
    ("08", "2025-04-01T09:30:09", "Joppe Zaadema", "nl", "Stichting Zadenruil Noord"),
    ("09", "2025-04-02T14:45:00", "Niamh Fernhollow", "en", "Institute for Imaginary Botany"),
    ("10", "2025-04-03T08:00:00", None, "nl", "Zaaigoed Voorbeeld B.V."),
]


@pytest.mark.parametrize("name", [OLD, NEW, TOOL])
def test_every_feedback_is_read(name: str, tmp_path: Path) -> None:
    taken = sample(name, tmp_path)
    assert taken.format == "have_your_say"
    assert taken.times == [time for _, time, *_ in EXPECTED]
    for message, (end, _, sender, language, organisation) in zip(taken.messages, EXPECTED, strict=True):
        assert message.native_id == "33001" + end
        assert message.author == (pseudonym(sender) if sender else None)
        assert (message.language, message.organisation) == (language, organisation)
        assert (message.kind, message.channel, message.weight) == ("letter", "20450", 1)
    assert [message.placeholder for message in taken.messages[-3:]] == ["attachment", None, "empty"]
    assert taken.in_clear([word for _, _, sender, *_ in EXPECTED if sender for word in sender.split()]) == set()


def test_the_text_is_that_of_the_sender_not_its_translation(tmp_path: Path) -> None:
    texts = [[message.text for message in sample(name, tmp_path).messages] for name in (OLD, NEW, TOOL)]
    assert texts[0] == texts[1] == texts[2]
    assert texts[0][0].startswith("Als Bürger bitte ich die Kommission")


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    page = (SAMPLES / NEW).read_text().replace("Als B", "Als \\ud83d B", 1)
    assert Taken(written(tmp_path, "half", page), tmp_path).messages[0].text.startswith("Als Bürger")


def test_pages_in_lines_and_their_older_name(tmp_path: Path) -> None:
    items = json.loads((SAMPLES / OLD).read_bytes())["_embedded"]["feedback"]
    pages = [{"_embedded": {"feedbackV1": items[:4]}}, {"_embedded": {}}, {"content": items[4:]}]
    taken = Taken(written(tmp_path, "pages", "\n".join(map(json.dumps, pages))), tmp_path)
    assert taken.times == [time for _, time, *_ in EXPECTED]
    assert taken.coverage.not_messages == (("answer without feedback", 1),)


def test_feedback_that_is_only_a_file_stands_for_it(tmp_path: Path) -> None:
    page = (SAMPLES / NEW).read_text()
    assert page.count('"feedback": "Zie bijlage."') == 1
    emptied = page.replace('"feedback": "Zie bijlage."', '"feedback": ""')
    *_, attached, _, nothing = Taken(written(tmp_path, "emptied", emptied), tmp_path).messages
    assert (attached.text, attached.placeholder) == ("", "attachment")
    assert attached.links == ("https://ec.europa.eu/info/law/better-regulation/api/download/090166e500000001",)
    assert (nothing.text, nothing.placeholder) == ("", "empty")


def test_quotes_and_backslashes_of_the_tool(tmp_path: Path) -> None:
    table = (SAMPLES / TOOL).read_text()
    quoted = table.replace("Als Bürger bitte", 'Als ""Bürger"" aus C:\\\\Dorf bitte', 1)
    assert (
        Taken(written(tmp_path, "quoted", quoted), tmp_path)
        .messages[0]
        .text.startswith('Als "Bürger" aus C:\\Dorf bitte')
    )


@pytest.mark.parametrize("name", [OLD, NEW, TOOL])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)
