"""Every general format, and the quirks that exports have."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from ingest import ReadError, UnknownFormat, understand
from tests.ingest.files import ods, taken_in, xlsx

ROWS = [
    ("1", "jan", "Geen windmolens bij ons dorp"),
    ("2", "piet", "Wel windmolens, graag\nveel"),
    ("3", "an", "Ik twijfel nog; é"),
]
TEXTS = [text for _, _, text in ROWS]


def table(delimiter: str = ",", rows: list[tuple[str, str, str]] = ROWS) -> str:
    """The rows as a delimited text with every text in quotes."""
    lines = [delimiter.join(("id", "author", "text"))]
    lines += [delimiter.join((id_, author, f'"{text}"')) for id_, author, text in rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_delimited(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(table(delimiter).encode(encoding))
    taken = taken_in(path)
    assert taken.texts == TEXTS
    assert [message.native_id for message in taken.messages] == ["1", "2", "3"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends(tmp_path: Path, end: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(end.join(["id,text", "1,Geen molens hier", "2,Wel molens hier", ""]).encode())
    assert taken_in(path).texts == ["Geen molens hier", "Wel molens hier"]


def test_the_separator_line_of_excel_and_backslash_quotes(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("sep=;\nid;text\n1;Geen, molens\n", encoding="utf-8")
    assert taken_in(path).texts == ["Geen, molens"]
    path.write_text('"id","text"\n"1","zeg \\"nee\\", nu"\n"2","zeg \\"ja\\""\n', encoding="utf-8")
    assert taken_in(path).texts == ['zeg "nee", nu', 'zeg "ja"']


def test_a_broken_row_takes_no_neighbour_with_it(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    bad = [
        b"id,text",
        b"1,goed bericht",
        b"2,een,te veel",
        b'3,"open haakje',
        b"4,ook goed",
        b"5,kapot \xff\xc3\xa9",
        b"6,\xc3\xa9\xc3\xa9n goed",
    ]
    path.write_bytes(b"\n".join(bad) + b"\n")
    taken = taken_in(path)
    assert taken.texts == ["goed bericht", "ook goed", "één goed"]
    assert [reject["row"] for reject in taken.rejects] == [3, 4, 6]
    assert {reject["file"] for reject in taken.rejects} == {"posts.csv"}
    assert all("te veel" not in json.dumps(reject) for reject in taken.rejects)


def test_a_file_without_header_is_read_with_numbered_columns(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "1,2026-11-03,Geen windmolens in ons dorp\n2,2026-11-04,Wel windmolens in ons dorp\n", encoding="utf-8"
    )
    assert not understand(path).confident
    assert len(taken_in(path).messages) == 2


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_compressed(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    for name, content in (
        ("a.csv", table()),
        ("a.jsonl", "".join(json.dumps({"id": a, "text": c}) + "\n" for a, _, c in ROWS)),
    ):
        path = tmp_path / f"{name}.packed"
        path.write_bytes(pack(content.encode()))
        assert taken_in(path).texts == TEXTS


def test_long_window_zstandard(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    path = tmp_path / "posts.csv.zst"
    path.write_bytes(zstandard.ZstdCompressor(compression_params=parameters).compress(table().encode()))
    assert taken_in(path).texts == TEXTS


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
@pytest.mark.parametrize("name", ["posts.csv", "posts.jsonl"])
def test_a_cut_stream_keeps_what_came_before(tmp_path: Path, pack: object, name: str) -> None:
    assert callable(pack)
    texts = [f"Bericht {number * 7919 % 10_007} over {number * 104_729 % 99_991}" for number in range(60_000)]
    lines = ["id,text", *(f"{at},{text}" for at, text in enumerate(texts))]
    if name.endswith("jsonl"):
        lines = [json.dumps({"id": at, "text": text}) for at, text in enumerate(texts)]
    packed = pack("\n".join(lines).encode())
    path = tmp_path / name
    path.write_bytes(packed[: len(packed) * 2 // 3])
    taken = taken_in(path)
    assert 1000 < len(taken.texts) < len(texts)
    assert taken.texts == texts[: len(taken.texts)]
    assert "breaks off" in taken.rejects[-1]["reason"]


@pytest.mark.parametrize("name", ["letters.xlsx", "letters.ods"])
def test_spreadsheets(tmp_path: Path, name: str) -> None:
    rows: list[list[str | float]] = [
        ["Kenmerk", "Naam", "Zienswijze"],
        [1.0, "Jan Jansen", "Ik ben tegen"],
        [2.0, "An Bos", "Ik ben voor"],
    ]
    path = tmp_path / name
    path.write_bytes(xlsx(rows) if name.endswith("xlsx") else ods(rows))
    taken = taken_in(path)
    assert taken.texts == ["Ik ben tegen", "Ik ben voor"]
    assert [message.native_id for message in taken.messages] == ["1", "2"]
    assert {message.kind for message in taken.messages} == {"letter"}


def test_spreadsheet_dates_are_dates(tmp_path: Path) -> None:
    path = tmp_path / "posts.xlsx"
    path.write_bytes(
        xlsx([["id", "datum", "tekst"], [7.0, 46329.0, "Een bericht"], [8.0, 46330.0, "Nog een"]], dates=[1])
    )
    first = taken_in(path).messages[0]
    assert (first.published, first.published_precision) == (datetime(2026, 11, 3, tzinfo=UTC), "day")


@pytest.mark.parametrize("document", [lambda items: items, lambda items: {"meta": {"n": 3}, "data": {"items": items}}])
def test_json_documents(tmp_path: Path, document: object) -> None:
    assert callable(document)
    items = [
        {"id": id_, "user": {"username": author}, "body": text, "tags": [{"name": "Wind"}]}
        for id_, author, text in ROWS
    ]
    path = tmp_path / "posts.json"
    path.write_text(json.dumps(document(items), indent=1), encoding="utf-8")
    understanding = understand(path)
    assert understanding.mapping["author"] == "user.username"
    assert taken_in(path, mapping={"hashtags": "tags.name"}).messages[0].hashtags == ("wind",)


def test_json_lines_with_broken_lines(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    good = json.dumps({"id": 1, "text": "goed \ud800 bericht"}).encode()
    path.write_bytes(good + b'\n{"id": 2, "text": \n[1]\n\n{"id": 3, "text": "\xff"}\n{"id": 4, "text": "ook goed"}')
    taken = taken_in(path)
    assert taken.texts == ["goed bericht", "ook goed"]
    assert [reject["row"] for reject in taken.rejects] == [2, 3, 5]


@pytest.mark.parametrize(
    ("content", "error"), [(b"", UnknownFormat), (b"\x00\x01\x02" * 99, UnknownFormat), (b'{"a": 1', ReadError)]
)
def test_files_that_cannot_be_read_say_so(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / "what.bin"
    path.write_bytes(content)
    with pytest.raises(error, match=r"what\.bin"):
        understand(path)
    with pytest.raises(ReadError, match="cannot read"):
        understand(tmp_path / "missing.csv")
