"""The working files: whole or not at all, joinable to people's own rows, and harmless in a spreadsheet."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import Alert
from alerts.export import Input, Run, Stage, alerts_json, families_csv, letters_json, run_json
from alerts.export.families_csv import COLUMNS
from analysis import Narrative, Slot, Template
from ingest import Coverage, Message
from tests.alerts_out.examples import LETTER, finding, letters_alert, message, message_id, posts_alert


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_message_has_a_row_and_members_say_how_they_belong(tmp_path: Path) -> None:
    path = tmp_path / "families.csv"
    family = finding(0, messages=3)
    messages = (message(number, native_id=f"rij {number}") for number in (*range(10_000, 10_003), 5))
    cluster = Narrative(id="n1", label=("x",), families=(family.id,), message_ids=(message_id(5),), messages=4)
    assert families_csv.write(path, messages, iter([family]), [cluster]) == 4
    assert path.read_bytes().splitlines()[0].decode() == ",".join(COLUMNS)
    rows = rows_of(path)
    assert [row["native_id"] for row in rows] == ["rij 10000", "rij 10001", "rij 10002", "rij 5"]
    assert [row["family_id"] for row in rows] == [family.id] * 3 + [""]
    assert rows[1]["relation"] == "copy"
    assert rows[1]["nearest_id"] == message_id(10_000)
    assert rows[1]["similarity"] == "0.9100"
    assert rows[3]["cluster"] == "n1"


@pytest.mark.parametrize("native_id", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\r=1"])
def test_a_formula_is_disarmed(tmp_path: Path, native_id: str) -> None:
    path = tmp_path / "families.csv"
    families_csv.write(path, [message(1, native_id=native_id)], [])
    assert rows_of(path)[0]["native_id"] == "'" + native_id


@given(native_id=st.from_regex(r"[A-Za-z0-9][^\x00\r\n\ud800-\udfff]{0,20}|[+-]?[0-9]{1,12}", fullmatch=True))
def test_ordinary_ids_come_back_exactly(tmp_path_factory: pytest.TempPathFactory, native_id: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "families.csv"
    families_csv.write(path, [message(1, native_id=native_id)], [])
    assert rows_of(path)[0]["native_id"] == native_id


def test_letters_hold_the_template_and_its_blanks(tmp_path: Path) -> None:
    path = tmp_path / "letters.json"
    assert letters_json.write(path, [finding(0, messages=9), finding(1, messages=147, template=LETTER)]) == 1
    (letter,) = json.loads(path.read_bytes())["letters"]
    assert letter["template"]["parts"][1] == 0
    assert letter["template"]["slots"][0]["values"][0] == ["Zwolle", 61]


def test_alerts_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "alerts.json"
    given_alerts = [posts_alert(), letters_alert()]
    assert alerts_json.write(path, given_alerts) == 2
    read = json.loads(path.read_bytes())
    assert read["schema"] == "stemwacht.alerts/1"
    assert msgspec.convert(read["alerts"], list[Alert]) == sorted(given_alerts, key=lambda alert: alert.id)


def test_a_run_says_what_was_read_and_how_long_it_took(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    run = Run(
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        versions={"stemwacht": "0.1.0"},
        configuration={"lang": "nl"},
        inputs=(Input(name="brieven.xlsx", sha256="0" * 64, size_bytes=12),),
        coverage=(
            Coverage(source="a", read=10, kept=7, rejected=1, duplicate=2),
            Coverage(source="b", read=5, kept=5, rejected=0, duplicate=0),
        ),
        stages=(Stage(name="read", seconds=0.12345, messages=15),),
        results={"alerts": 2},
    )
    assert run_json.write(path, run) == 15
    read = json.loads(path.read_bytes())
    assert read["counts"] == {"read": 15, "kept": 12, "rejected": 1, "duplicate": 2, "not_messages": 0}
    assert read["stages"][0]["seconds"] == 0.123


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "families.csv"
    families_csv.write(path, [message(1)], [])
    before = path.read_bytes()

    def broken() -> "list[Message]":
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        families_csv.write(
            path, (row for number in (1, 2) for row in ([message(number)] if number == 1 else broken())), []
        )
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_fillings_that_few_share_stay_in_the_house(tmp_path: Path) -> None:
    template = Template(
        parts=("I live in ", 0, " and I object to the closing of the hall."),
        slots=(Slot(index=0, values=(("Arnhem", 7), ("a boat on the Vecht", 1))),),
        fixed_share=0.9,
        letters=8,
    )
    letters_json.write(tmp_path / "letters.json", [msgspec.structs.replace(finding(0, messages=8), template=template)])
    written = (tmp_path / "letters.json").read_text(encoding="utf-8")
    assert "Arnhem" in written
    assert "Vecht" not in written
    assert json.loads(written)["letters"][0]["template"]["slots"][0]["fillings"] == 2
