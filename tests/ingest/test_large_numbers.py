"""Ids that a spreadsheet or a float has rounded are refused with the cure, or left out when that is asked for."""

import json
from pathlib import Path

import pytest

from ingest import UnknownShape, understand
from tests.ingest.files import taken_in, xlsx

TEXTS = [f"Bericht nummer {at} over de molens" for at in range(12)]
CURE = r"row \d+, column '{}'.*as text.*--map .*{}=-"


def table(folder: Path, header: str, cells: list[str]) -> Path:
    path = folder / "posts.csv"
    rows = [f"{cell},{text}" for cell, text in zip(cells, TEXTS, strict=False)]
    path.write_text("\n".join([f"{header},text", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "role", "cells"),
    [
        ("tweet_id", "id", ["1.9027E+18"] * 3),
        ("id", "id", [f"1.9027000079{at}900e+18" for at in range(9)]),
        ("id", "id", [f"19027000079{at:02d}00000" for at in range(12)]),
        ("author_id", "author", ["1.7e+18", "77", "78"]),
        ("in_reply_to_id", "reply_to", ["", "", "1.9027e+18"]),
    ],
)
def test_refused_with_the_cure(tmp_path: Path, header: str, role: str, cells: list[str]) -> None:
    path = table(tmp_path, header, cells)
    with pytest.raises(UnknownShape, match=CURE.format(header, role)):
        understand(path)
    taken = taken_in(path, mapping={role: "-"})
    assert taken.texts == TEXTS[: len(cells)]
    assert role not in understand(path, mapping={role: "-"}).mapping


def test_floats_in_json_and_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps({"id": 1.9027e18 + at, "text": text}) + "\n" for at, text in enumerate(TEXTS)))
    with pytest.raises(UnknownShape, match=CURE.format("id", "id")):
        understand(path)
    book = tmp_path / "posts.xlsx"
    rows: list[list[str | float]] = [[1902700000000000123.0 + at * 977, text] for at, text in enumerate(TEXTS)]
    book.write_bytes(xlsx([["id", "text"], *rows]))
    with pytest.raises(UnknownShape, match=CURE.format("id", "id")):
        understand(book)


def test_large_ids_that_are_whole_are_kept(tmp_path: Path) -> None:
    ids = [str(1902700000000000123 + at * 977) for at in range(12)]
    assert [m.native_id for m in taken_in(table(tmp_path, "id", ids)).messages] == ids
    path = tmp_path / "posts.jsonl"
    lines = [json.dumps({"id": int(one), "text": text}) for one, text in zip(ids, TEXTS, strict=True)]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [m.native_id for m in taken_in(path).messages] == ids


def test_few_rounded_among_good_ids_get_one_from_their_content(tmp_path: Path) -> None:
    ids = [f"0900006484{at:02d}d5be" for at in range(10)] + ["9.00006E+14", "9.00006E+14"]
    taken = taken_in(table(tmp_path, "id", ids))
    assert taken.notes["damaged id"] == 2
    assert len(taken.messages) == 12


def test_a_word_for_nobody_is_no_id(tmp_path: Path) -> None:
    path = table(tmp_path, "Contribution ID", ["Anonymous"])
    assert "id" not in understand(path).mapping
    assert taken_in(path).messages[0].native_id == "row:2"
    assert len(taken_in(table(tmp_path, "Contribution ID", ["Anonymous"] * 12)).messages) == 12


def test_what_went_through_a_float_and_is_whole_finds_its_message(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("id,text,reply_to\n76,Een bericht,\n77,Een antwoord,76.0\n", encoding="utf-8")
    first, second = taken_in(path).messages
    assert second.reply_to == first.id


def test_the_text_cannot_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(UnknownShape, match="no column '-'"):
        understand(table(tmp_path, "id", ["1", "2"]), mapping={"text": "-"})
