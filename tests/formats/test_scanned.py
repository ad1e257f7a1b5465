"""`stemwacht scan THEIR-FILE`: what people have is scanned untold, and what was understood is kept and told."""

import json
from pathlib import Path

import pytest

from tests.formats.taking_in import SAMPLES
from tests.formats.test_tables import READ, REFUSED, table
from tests.stemwacht.house import House

UNKNOWN = [f"Ik, An Bos, vind plan {at} niet goed;{at + 10}/11/2026 12:00;an{at}@post.nl" for at in range(9)]
WEIGHTS = "id,text,duplicate comments\n1,Ik ben tegen het plan voor de molens bij ons dorp,412\n2,Een ander geluid,1\n"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_all_samples_at_once(house: House) -> None:
    told = house.well("scan", str(SAMPLES), "--json").json
    assert sum(one["kept"] for one in told["coverage"]) == sum(len(table(name)) for name in READ)
    assert len(told["coverage"]) == len(READ)
    assert {one["file"] for one in told["not_read"]} == {name.rpartition(".")[0] for name in REFUSED}
    for one in told["coverage"]:
        set_aside = sum(count for _, count in one["not_messages"])
        assert one["read"] == one["kept"] + one["rejected"] + one["duplicate"] + set_aside


def test_what_was_understood_is_in_the_run_and_in_the_report(house: House) -> None:
    lines = ["Overzicht", "", "wat;wanneer;wie", *UNKNOWN]
    (house.folder / "unknown.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    house.well("scan", "unknown.csv", "--yes")
    run = json.loads((house.folder / "out" / "run.json").read_bytes())
    (one,) = run["configuration"]["inputs"]
    assert one["mapping"] == {"text": "wat", "published": "wanneer", "author": "wie"}
    assert set(one["guessed"]) == {"text", "published", "author"}
    assert one["detail"] == "semicolon delimiter, UTF-8, header on row 3"
    assert "Europe/Amsterdam" in one["times"]
    report = (house.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert one["detail"] in report
    assert one["times"].partition(";")[2].strip() in report


def test_one_record_that_stands_for_many_weighs_so(house: House) -> None:
    (house.folder / "letters.csv").write_text(WEIGHTS, encoding="utf-8")
    house.well("scan", "letters.csv")
    report = (house.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "413 messages were examined" in report
    assert "2 records stand for these messages" in report
