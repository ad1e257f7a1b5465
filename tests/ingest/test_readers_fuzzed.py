"""The four general readers on anything: rows, bad rows or a `ReadError`, and an account that adds up."""

import contextlib
import csv
import io
import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import Intake, Pseudonyms, ReadError, UnknownShape, formats, understand
from ingest.rows import BadRow, Row
from tests.ingest.files import KEY, NOW, ods, xlsx

FUZZ = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELL = st.text(max_size=30) | st.sampled_from(
    [
        "",
        "id",
        "text",
        "Alias",
        "een bericht",
        '"',
        '",',
        "\n",
        "1.9E+18",
        "2026-11-03",
        "\x00",
        "=A1",
        "Anonymous",
        "-",
    ]
)
TABLE = st.lists(st.lists(CELL, max_size=6), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc") | st.text(max_size=4), inner),
    max_leaves=12,
)
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)


def accounted(path: Path, format_name: str) -> None:
    """Every record of the reader comes out as one of the account, or the file is refused in words."""
    read = None
    with contextlib.suppress(ReadError):
        read = list(formats()[format_name].read(path).rows)
    if read is None:
        return
    assert all(isinstance(one, Row | BadRow) and one.number >= 1 for one in read)
    with contextlib.suppress(ReadError, UnknownShape):
        understanding = understand(path, wanted=format_name)
        intake = Intake(Pseudonyms(KEY), path.parent / "rejects.jsonl", now=NOW)
        kept = sum(map(len, intake.read(understanding, 3)))
        intake.close()
        account = intake.coverage()[0]
        assert account.read == len(read) == account.kept + account.rejected + account.duplicate
        assert account.kept == kept


@FUZZ
@given(
    table=TABLE,
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "cp1250"]),
    quoted=st.booleans(),
)
def test_delimited(
    tmp_path: Path, table: Sequence[Sequence[str]], delimiter: str, end: str, encoding: str, quoted: bool
) -> None:
    path = tmp_path / "a.csv"
    if quoted:
        made = io.StringIO()
        csv.writer(made, delimiter=delimiter, lineterminator=end).writerows(table)
        content = made.getvalue()
    else:
        content = end.join(delimiter.join(row) for row in table)
    path.write_bytes(content.encode(encoding, "replace"))
    accounted(path, "delimited")


@FUZZ
@given(records=st.lists(JSON, max_size=8), ascii_only=st.booleans(), broken=st.binary(max_size=20))
def test_json_lines(tmp_path: Path, records: Sequence[object], ascii_only: bool, broken: bytes) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(one, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass") for one in records]
    path.write_bytes(b"\n".join([*lines, broken]))
    accounted(path, "json_lines")


@FUZZ
@given(record=JSON, cut=st.integers(0, 200))
def test_json_documents(tmp_path: Path, record: object, cut: int) -> None:
    path = tmp_path / "a.json"
    content = json.dumps(record).encode()
    path.write_bytes(content if cut > 100 else content[: len(content) - cut])
    accounted(path, "json_document")


@FUZZ
@given(
    table=st.lists(st.lists(LETTERS | st.floats(-1e22, 1e22), max_size=5), max_size=8), name=st.sampled_from(("x", "o"))
)
def test_spreadsheets(tmp_path: Path, table: Sequence[Sequence[str | float]], name: str) -> None:
    rows = [[escape(cell) if isinstance(cell, str) else cell for cell in row] for row in table]
    path = tmp_path / ("a.xlsx" if name == "x" else "a.ods")
    path.write_bytes(xlsx(rows, dates=[1]) if name == "x" else ods(rows))
    accounted(path, "spreadsheet")


@pytest.mark.parametrize("seed", ["xlsx", "ods"])
@FUZZ
@given(data=st.data())
def test_spreadsheets_damaged_inside(tmp_path: Path, seed: str, data: st.DataObject) -> None:
    rows: list[list[str | float]] = [["id", "tekst"], [1.0, "Een bericht"], [2.0, "Nog een bericht"]]
    content = bytearray(xlsx(rows) if seed == "xlsx" else ods(rows))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path / f"a.{seed}"
    path.write_bytes(bytes(content))
    accounted(path, "spreadsheet")


@pytest.mark.parametrize(
    ("name", "line", "rejected"),
    [
        ("a.csv", b'3,"' + b"x y " * 2_600_000 + b'"', 1),
        ("a.csv", b"x" * 50_000_000, 1),
        ("a.jsonl", b'{"id": 3, "text": "' + b"x y " * 2_600_000 + b'"}', 0),
        ("a.jsonl", b'{"id": 3, "text": "' + b"x" * 50_000_000, 1),
    ],
)
def test_an_endless_cell_or_line_takes_no_neighbour_with_it(
    tmp_path: Path, name: str, line: bytes, rejected: int
) -> None:
    path = tmp_path / name
    rows = [b"id,text", b"1,Een bericht", b"4,Nog een bericht"]
    if name.endswith("jsonl"):
        rows = [b"", b'{"id": 1, "text": "Een bericht"}', b'{"id": 4, "text": "Nog een bericht"}']
    path.write_bytes(b"\n".join([*rows[:2], line, rows[2]]) + b"\n")
    understanding = understand(path)
    intake = Intake(Pseudonyms(KEY), tmp_path / "rejects.jsonl", now=NOW)
    texts = [message.text for batch in intake.read(understanding) for message in batch]
    intake.close()
    assert (texts[0], texts[-1]) == ("Een bericht", "Nog een bericht")
    assert intake.coverage()[0].rejected == rejected
    assert len(texts) == 3 - rejected
