"""What people really have: folders, zip files and several things at once, and a disk that is full."""

import csv
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from stemwacht.cli.failures import INPUT, STORAGE
from tests.ingest.document_files import docx, pdf
from tests.stemwacht.house import COMMAND, ROOT, House, letters, letters_file

PICTURE = b"\x89PNG\r\n\x1a\n"
SLOGAN = "Ik ben tegen de windmolens bij ons dorp omdat ze te dicht bij de huizen komen en veel lawaai maken."
TWENTY = [f"{SLOGAN} Met vriendelijke groet uit straat {n}." for n in range(20)]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def put(folder: Path) -> Path:
    """A folder as people have it: letters as documents, an export, and what is neither."""
    (folder / "brieven").mkdir(parents=True)
    for number, text in enumerate(TWENTY):
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        name, content = ("pdf", pdf(text)) if number % 2 else ("docx", docx(body))
        (folder / "brieven" / f"Jan Jansen {number}.{name}").write_bytes(content)
    (folder / "brieven" / "Piet Pietersen.pdf").write_bytes(pdf(""))
    (folder / "Klaas Klaassen.png").write_bytes(PICTURE)
    letters_file(folder / "export.csv", letters(3, 30))
    return folder


def zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*.*")):
            archive.write(file, file.relative_to(folder))
    return path


def test_a_folder_and_a_zip_file_of_it_are_scanned_untold(house: House) -> None:
    folder = put(house.folder / "in")
    told = {}
    for name in ("in", str(zipped(folder, house.folder / "in.zip"))):
        ran = house.well("scan", name, "--out", f"out-{Path(name).stem}")
        assert "brieven: documents (21 documents), 21 rows" in ran.err
        assert "export.csv: delimited" in ran.err
        assert "a picture, without text" in ran.err
        told[name] = [line for line in ran.out.splitlines() if line.startswith(("Read", "Not read"))]
        written = b"".join(path.read_bytes() for path in (house.folder / f"out-{Path(name).stem}").iterdir())
        assert not any(person in written + ran.err.encode() for person in (b"Jansen", b"Pietersen", b"Klaassen"))
        assert b"a scanned page without text" in written
    first, second = told.values()
    assert first[0] == second[0] == "Read 51 = 50 kept + 1 rejected + 0 duplicate."


def test_the_letters_of_a_folder_are_one_family(house: House) -> None:
    put(house.folder / "in")
    house.well("scan", "in/brieven")
    rows = list(csv.DictReader(io.StringIO((house.folder / "out" / "families.csv").read_text(encoding="utf-8"))))
    assert len({row["family_id"] for row in rows if row["family_id"]}) == 1
    assert sum(bool(row["family_id"]) for row in rows) == len(TWENTY)


def test_a_folder_is_ingested_the_same_way_and_twice_changes_nothing(house: House) -> None:
    put(house.folder / "in")
    first, again = (house.well("ingest", "in", "--json").json for _ in range(2))
    assert first == again
    assert {ledger["source"]: ledger["kept"] for ledger in first} == {"brieven": 20, "export": 30}


def test_what_is_not_read_is_told_in_json_too(house: House) -> None:
    put(house.folder / "in")
    told = house.well("scan", "in", "--json").json
    assert [one["file"] for one in told["not_read"]] == ["in: file 1 (.png)"]


def test_a_folder_with_nothing_to_read_says_so(house: House) -> None:
    (house.folder / "in").mkdir()
    (house.folder / "in" / "x.png").write_bytes(PICTURE)
    ran = house.run("scan", "in")
    assert ran.code == INPUT
    assert "in: x.png: a picture, without text" in ran.complaint


def test_a_format_can_be_told_and_a_misspelt_one_lists_what_there_is(house: House) -> None:
    (house.folder / "a.txt").write_text("id;tekst\n1;Een\n2;Twee\n", encoding="utf-8")
    assert "a.txt: delimited" in house.well("scan", "a.txt", "--format", "delimited").err
    ran = house.run("scan", "a.txt", "--format", "delimted")
    assert ran.code == INPUT
    assert "there are: " in ran.complaint


def test_formats_are_listed_with_an_example_line(house: House) -> None:
    lines = house.well("formats").out.splitlines()
    told = house.well("formats", "--json").json
    assert [line.split()[0] for line in lines[:-1]] == [one["name"] for one in told]
    assert all(one["example"] and "\n" not in one["example"] for one in told)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("limit", [1 << 10, 1 << 16, 1 << 18])
def test_a_full_disk_is_one_line_and_a_second_run_ends_well(house: House, limit: int) -> None:
    """A limit on the size of files stands for the full disk."""
    letters_file(house.folder / "letters.csv", letters(3, 400))
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, -1)); {COMMAND}"
    ran = subprocess.run(
        [sys.executable, "-c", code, "scan", "letters.csv"],
        cwd=house.folder,
        env={**os.environ, **house.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == STORAGE
    assert "Traceback" not in ran.stderr
    assert "disk" in ran.stderr.splitlines()[-1]
    house.well("scan", "letters.csv")
