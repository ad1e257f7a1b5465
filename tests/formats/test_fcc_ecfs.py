"""Filings of the FCC: the list under either of its names."""

import json
from pathlib import Path

import pytest

from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

NEW, OLD = "03_fcc_ecfs_filings.json", "03_fcc_ecfs_filings_2017_shape.json"
EXPECTED = [  # id, time, filer
    ("10310000000412", "2025-03-11T00:17:44", "Hattie Brindle"),
    ("10310000101412", "2025-03-12T07:17:44", "Rufus Oakmantle"),
    ("10310000202412", "2025-03-13T14:17:44", "LEONA FISK"),
    ("10310000303412", "2025-03-14T21:17:44", "Piet Hollander"),
    ("10310000404412", "2025-03-15T04:17:44", "Gwen Tarrow"),
    ("10310000505412", "2025-03-11T11:17:44", "Rural Lines Cooperative; Hartwell & Moss LLP"),
    ("10310000606412", "2025-03-12T18:17:44", None),
]


@pytest.mark.parametrize(("name", "count"), [(NEW, 7), (OLD, 4)])
def test_every_filing_is_read(name: str, count: int, tmp_path: Path) -> None:
    taken = sample(name, tmp_path)
    assert taken.format == "fcc_ecfs"
    found = [
        (message.native_id, time, message.author) for message, time in zip(taken.messages, taken.times, strict=True)
    ]
    assert found == [(number, time, filer and pseudonym(filer)) for number, time, filer in EXPECTED[:count]]
    assert {message.kind for message in taken.messages} == {"letter"}
    assert taken.in_clear(["Brindle", "Oakmantle", "Fisk", "Hollander", "Tarrow", "mail.example"]) == set()


def test_proceedings_files_and_organisations(tmp_path: Path) -> None:
    first, *_, two, attached, short = sample(NEW, tmp_path).messages
    assert (first.channel, two.channel) == ("25-901", "25-901, 24-118")
    assert first.text.startswith("The regulator's plan for paid number portability")
    assert (attached.text, attached.placeholder) == ("", "attachment")
    assert attached.links == ("https://ecfsapi.fcc.gov/file/1031000050512/Comments%20of%20Rural%20Lines.pdf",)
    assert attached.organisation == "Rural Lines Cooperative"
    assert short.text == "no"


def test_other_ways_to_save_them(tmp_path: Path) -> None:
    filings = json.loads((SAMPLES / NEW).read_bytes())["filing"]
    order = {**filings[0], "id_submission": "1", "submissiontype": {"description": "PUBLIC NOTICE"}}
    petition = {
        **filings[0],
        "id_submission": "2",
        "submissiontype": {"description": "PETITION FOR RECONSIDERATION OF ORDER"},
    }
    rounded = {**filings[0], "id_submission": 1.0310000000412e19}
    lines = "\n".join(json.dumps(item) for item in [*filings, filings[0], order, petition, rounded])
    taken = Taken(written(tmp_path, "lines", lines), tmp_path)
    assert (taken.coverage.kept, taken.coverage.duplicate, taken.coverage.rejected) == (8, 1, 1)
    assert taken.coverage.not_messages == (("document of the agency", 1),)
    index = {"hits": {"hits": [{"_source": filing} for filing in filings]}}
    assert len(Taken(written(tmp_path, "index", json.dumps(index)), tmp_path).messages) == 7


def test_a_filer_who_signs_is_not_named(tmp_path: Path) -> None:
    filing = json.loads((SAMPLES / NEW).read_bytes())["filing"][0]
    filers = [{"name": "Hattie Brindle"}, {"name": "Rufus Oakmantle"}]
    signed = {**filing, "filers": filers, "text_data": "We, Hattie Brindle and Rufus Oakmantle, object to the fee."}
    taken = Taken(written(tmp_path, "signed", json.dumps({"filing": [signed]})), tmp_path)
    assert taken.messages[0].text == "We, [name] and [name], object to the fee."


@pytest.mark.parametrize("name", [NEW, OLD])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)
