"""Broken and hostile exports, one of each kind: the good records are kept, the bad ones told with a fix."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import msgspec
import pytest
import zstandard

from ingest import IngestError, Intake, Pseudonyms, formats, understand
from ingest.opening import ByteSource
from tests.formats.taking_in import Taken
from tests.ingest.document_files import zipped
from tests.ingest.files import xlsx

HEADER = b"id,author,text\n"
GOOD = [b"%d,a%d,Ik ben tegen het plan nummer %d\n" % (n, n, n) for n in range(1, 41)]
CSV = HEADER + b"".join(GOOD)
LINES = [json.dumps({"id": n, "author": f"a{n}", "text": f"Ik ben tegen plan {n}"}).encode() + b"\n" for n in range(40)]
PACKED = zstandard.compress(b"".join(LINES) * 99)


class Case(msgspec.Struct, frozen=True):
    """A file, how many of its records are kept, and what is said of the others."""

    name: str
    content: bytes
    kept: int
    says: tuple[str, ...] = ()


CASES = {
    "NUL bytes in a cell": Case("a.csv", CSV + b"41,x,te\x00gen\n", 41),
    "bytes of no encoding": Case("a.csv", CSV + "41,x,één\n".encode() + b"42,x,caf\xff\xfe\n", 41, ("UTF-8",)),
    "a lone surrogate escaped": Case("a.jsonl", b"".join(LINES) + b'{"id": 41, "text": "a \\ud83d b"}\n', 41),
    "a lone surrogate in bytes": Case("a.jsonl", b"".join(LINES) + b'{"text": "\xed\xa0\xbd"}\n', 40, ("UTF-8",)),
    "a cell of 10 MB": Case("a.jsonl", b"".join(LINES) + b'{"id": 41, "text": "' + b"tegen " * 1_700_000 + b'"}\n', 41),
    "a cell of 3 MB": Case("a.csv", CSV + b"41,x," + b"tegen " * (1 << 19) + b"\n", 41),
    "50 MB on one line": Case("a.jsonl", b"".join(LINES) + b"x" * (50 << 20) + b"\n" + LINES[0], 40, ("32 MB",)),
    "a gzip file cut short": Case("a.csv.gz", gzip.compress(CSV * 200)[:-500], 41, ("breaks off",)),
    "a zstandard file cut short": Case("a.jsonl.zst", PACKED[:-9], 40, ("breaks off",)),
    "a row too short": Case("a.csv", CSV + b"41,x\n", 40, ("fields",)),
    "equal ids, other texts": Case("a.csv", CSV + b"1,a1,Een andere tekst\n", 41),
    "equal ids and texts": Case("a.csv", CSV + GOOD[0], 40),
    "a number beyond all numbers": Case("a.json", b'[{"id": 1, "text": "Ik ben tegen dit plan", "n": 2e308}]', 1),
    "formulas": Case("a.xlsx", xlsx([["id", "tekst"], [1.0, "=1+1"], [2.0, "@SOM(A1)"]]), 2),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_can_be_read_is_read_and_the_rest_told(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    (tmp_path / case.name).write_bytes(case.content)
    taken = Taken(tmp_path / case.name, tmp_path)
    assert taken.coverage.kept == case.kept
    told = " ".join(f"{reject['reason']} {reject['fix']}" for reject in taken.rejects)
    assert all(words in told for words in case.says)
    assert bool(case.says) == bool(taken.rejects)
    assert all(reject["row"] > 0 and reject["file"] == case.name and reject["fix"] for reject in taken.rejects)


REFUSED = {
    "an empty file": ("a.csv", b"", "is empty"),
    "no text column": ("a.csv", b"id,date\n1,2025-01-01\n2,2025-01-02\n", "--map"),
    "xml with entities": ("a.xlsx", zipped({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>'}), "save it"),
    "not what its name says": ("a.xlsx", b"PK\x03\x04 nonsense", "save it"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_at_all_says_which_file_and_what_to_do(tmp_path: Path, name: str) -> None:
    file, content, says = REFUSED[name]
    (tmp_path / file).write_bytes(content)
    with pytest.raises(IngestError, match=re.escape(says)) as told:
        understand(tmp_path / file)
    assert file in str(told.value)


MAIL = b"From: a@b.example\nDate: Tue, 18 Mar 2025 10:05:09 +0100\n\nNee, %d\n\n"
IN_BOX = b"From a@b.example Tue Mar 18 09:05:11 2025\n" + MAIL
GROWING = {
    "live.jsonl": (b"".join(LINES), b"".join(LINES[:3]) + b'{"id": 99, "te'),
    "live.csv": (CSV, b"".join(GOOD[:3]) + b"99,x,Ik b"),
    "live.mbox": (b"".join(IN_BOX % n for n in range(40)), IN_BOX % 41),
}


@pytest.mark.parametrize("name", GROWING)
def test_a_file_that_grows_is_read_as_far_as_it_went_at_the_start(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    content, more = GROWING[name]
    path.write_bytes(content)
    understanding = understand(path)
    intake = Intake(Pseudonyms(b"k" * 32), tmp_path / "rejects.jsonl")
    reading = intake.read(understanding, batch=10)
    kept = len(next(reading))
    with path.open("ab") as file:
        file.write(more)
    kept += sum(map(len, reading))
    intake.close()
    (reject,) = map(json.loads, (tmp_path / "rejects.jsonl").read_bytes().splitlines())
    assert kept == 40
    assert reject["reason"] == "the file grew while it was read"


class Growing(type(Path())):  # type: ignore[misc]
    """A file to which something is added whenever it is opened."""

    def open(self, mode: str = "r", *words: int, **options: str) -> IO[bytes]:
        opened = super().open(mode, *words, **options)
        with super().open("ab") as file:
            file.write(b" ")
        return cast("IO[bytes]", opened)


@pytest.mark.parametrize("name", ["live.json", "live.xlsx", "live.eml"])
def test_a_file_that_must_be_read_as_a_whole_is_refused_while_it_grows(name: str, tmp_path: Path) -> None:
    contents = {"live.json": b'[{"id": 1, "text": "Nee"}]', "live.xlsx": xlsx([["id"]]), "live.eml": MAIL % 1}
    path = Growing(tmp_path / name)
    path.write_bytes(contents[name])
    with pytest.raises(IngestError, match=re.escape(f"{name}: the file grew while it was read; fetch the file again")):
        formats()[{"json": "json_document", "xlsx": "spreadsheet"}.get(name[5:], "eml")].read(path)


def swelling() -> Iterator[tuple[str, bytes]]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    yield "a.csv.gz", b"".join(packer.compress(block) for _ in range(400)) + packer.flush()
    yield "a.csv.zst", zstandard.compress(bytes(400 << 20))


@pytest.mark.parametrize("number", [0, 1])
def test_a_bomb_is_left_when_it_shows(tmp_path: Path, number: int) -> None:
    name, content = list(swelling())[number]
    (tmp_path / name).write_bytes(content)
    source = ByteSource(tmp_path / name)
    assert sum(map(len, source.chunks())) < 400 << 20
    assert source.broken is not None
    assert "swells more than 400 times" in source.broken
