"""regulations.gov: the bulk download and the answers of its API v4."""

import json
from pathlib import Path

import pytest

from ingest import ReadError, understand
from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

BULK, DETAILS, LISTED = (
    "01_regulations_gov_bulk.csv",
    "02_regulations_gov_v4_details.jsonl",
    "02_regulations_gov_v4_list.json",
)
EXPECTED = [  # end of the id, day, sender, start of the text
    ("12", "2025-03-10", "Marla Quillfeather", "I am writing to oppose"),
    ("13", "2025-03-10", "Tobin Ashgrove", "I strongly oppose the proposed night curfew for river freight.\nFamilies"),
    ("14", "2025-03-10", "Ines Varlow", "To whom it may concern,\n\nI am writing"),
    ("15", "2025-03-10", "Oskar Penhallow", "I strongly oppose"),
    ("21", "2025-03-13", None, "The curfew makes sense"),
    ("22", "2025-03-13", "Delphine Rook", "Section 4(b) refers to a noise table that is not in the document. Could"),
    ("23", "2025-03-14", "Lower Bend Steam Tug Museum", "See attached file(s)"),
    ("24", "2025-03-15", None, "I am writing to oppose"),
]


@pytest.fixture(params=[(BULK, "regulations_gov_bulk"), (DETAILS, "regulations_gov_v4")])
def taken(request: pytest.FixtureRequest, tmp_path: Path) -> Taken:
    name, format_name = request.param
    taken = sample(name, tmp_path)
    assert taken.format == format_name
    return taken


def test_every_submission_is_read(taken: Taken) -> None:
    assert [message.native_id for message in taken.messages] == [f"NWA-2025-0007-00{end}" for end, *_ in EXPECTED]
    assert taken.times == [day for _, day, *_ in EXPECTED]
    for message, (_, _, sender, start) in zip(taken.messages, EXPECTED, strict=True):
        assert message.author == (pseudonym(sender) if sender else None)
        assert message.text.startswith(start)
        assert (message.kind, message.channel) == ("letter", "NWA-2025-0007")
        assert message.received == message.published
    names = [name for _, _, sender, _ in EXPECTED if sender and "Museum" not in sender for name in sender.split()]
    assert taken.in_clear([*names, "Birchmount"]) == set()


def test_text_is_read_as_people_read_it(taken: Taken) -> None:
    assert taken.messages[1].text.endswith("\n\nMy dad’s yard employs 11 people & he is 61.")


def test_a_campaign_weighs_as_many_as_it_stands_for(taken: Taken) -> None:
    *_, attached, campaign = taken.messages
    assert campaign.weight == 412
    assert campaign.declared_campaign == campaign.organisation == "Open Locks Alliance"
    assert {message.weight for message in taken.messages[:-1]} == {1}
    assert attached.placeholder == "attachment"
    assert [link[-4:] for link in attached.links] == [".pdf", "docx"]


@pytest.mark.parametrize(("files", "placeholder"), [("https://a.example/1.pdf", "attachment"), ("", "empty")])
def test_a_comment_that_is_only_a_file_stands_for_it(files: str, placeholder: str, tmp_path: Path) -> None:
    head = "Document ID,Docket ID,Document Type,Posted Date,Title,Comment,Attachment Files\n"
    row = f"A-1,A,Public Submission,2025-03-11T04:00Z,Comment from B,,{files}\n"
    (message,) = Taken(written(tmp_path, "bulk", head + row), tmp_path).messages
    assert (message.text, message.placeholder) == ("", placeholder)


def test_the_rule_and_what_was_withdrawn_are_no_messages(tmp_path: Path) -> None:
    assert sample(BULK, tmp_path).coverage.not_messages == (("the rule itself", 1), ("withdrawn submission", 1))
    assert sample(DETAILS, tmp_path).coverage.not_messages == (("withdrawn submission", 1),)


def test_a_list_has_no_texts_and_says_what_to_fetch(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"holds no texts; fetch each comment by its `self` link"):
        understand(SAMPLES / LISTED)
    both = (SAMPLES / DETAILS).read_bytes() + (SAMPLES / LISTED).read_bytes().strip() + b"\n"
    taken = Taken(written(tmp_path, "both.jsonl", both), tmp_path)
    assert (taken.coverage.kept, taken.coverage.rejected) == (8, 9)
    assert "?include=attachments" in taken.rejects[0]["fix"]


def test_other_ways_to_save_the_details(tmp_path: Path) -> None:
    answers = [json.loads(line) for line in (SAMPLES / DETAILS).read_bytes().splitlines()]
    shapes = {"array": answers, "bare": [answer["data"] for answer in answers]}
    for name, shape in shapes.items():
        taken = Taken(written(tmp_path, name, json.dumps(shape)), tmp_path)
        assert (taken.format, len(taken.messages)) == ("regulations_gov_v4", 8)


@pytest.mark.parametrize(
    ("title", "sender"),
    [
        ("Comment from Doe, Jane", "Jane Doe"),
        ("Comment from Anonymous", None),
        ("Comment from Friends of the Lock, Inc., River Branch", "Friends of the Lock, Inc., River Branch"),
        ("Comment on the rule", None),
    ],
)
def test_the_sender_in_the_title(title: str, sender: str | None, tmp_path: Path) -> None:
    head = "Document ID,Docket ID,Document Type,Posted Date,Title,Comment\n"
    path = written(tmp_path, "bulk", f'{head}A-1,A,Public Submission,2025-03-11T04:00Z,"{title}",Keep the lock open.\n')
    taken = Taken(path, tmp_path)
    assert taken.messages[0].author == (pseudonym(sender) if sender else None)
    assert taken.times == ["2025-03-11"]


@pytest.mark.parametrize("name", [BULK, DETAILS])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)
