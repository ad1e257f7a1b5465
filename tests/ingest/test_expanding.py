"""From folders and zip files to what is read of them, and what is not."""

import contextlib
import gzip
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import Bundle, Expanded, IngestError, ReadError, Unopened, expand, understand
from tests.formats.taking_in import Taken
from tests.ingest.document_files import docx, odt, pdf, zipped
from tests.ingest.files import ods, xlsx

CSV = b"id,author,text\n1,jan,Geen windmolens\n2,piet,Wel windmolens\n"
MAIL = (
    b"From: Jan Jansen <jan@example.org>\nTo: x@example.org\nSubject: Nee\nDate: Tue, 18 Mar 2025 10:05:09 +0100\n\n"
    b"Ik ben tegen.\n"
)
LETTER = b"Geachte heer, mevrouw,\n\nIk ben tegen.\n"
ROWS: list[list[str | float]] = [["id", "tekst"], [1.0, "Een bericht"], [2.0, "Nog een bericht"]]
PICTURE = b"\x89PNG\r\n\x1a\n"


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def summary(found: Expanded) -> dict[str, int]:
    """The sources, with how many loose files each has; 0 for an export."""
    return {one.source: len(one.place.files) if isinstance(one.place, Bundle) else 0 for one in found.found}


FOLDER = {
    "posts.csv": CSV,
    "brieven/a.pdf": pdf("Een"),
    "brieven/b.docx": docx("<w:p><w:r><w:t>Twee</w:t></w:r></w:p>"),
    "brieven/c.odt": odt("<text:p>Drie</text:p>"),
    "brieven/d.txt": LETTER,
    "brieven/e.eml": MAIL,
    "brieven/f.html": b"<html><body><p>Vijf</p></body></html>",
    "tables/x.xlsx": xlsx(ROWS),
    "tables/x.ods": ods(ROWS),
    "tables/y.csv.gz": gzip.compress(CSV),
    "tables/z.xlsx.gz": gzip.compress(xlsx(ROWS)),
    "tables/tabs.txt": b"id\ttext\n1\tEen\n2\tTwee\n",
    ".hidden/a.csv": CSV,
    "~$b.docx": b"lock",
    "__MACOSX/a.csv": CSV,
}


def test_a_folder_is_its_exports_and_its_letters(tmp_path: Path) -> None:
    found = expand([put(tmp_path / "in", FOLDER)])
    assert summary(found) == {
        "brieven": 6,
        "posts": 0,
        "tables/tabs": 0,
        "tables/y": 0,
        "tables/z": 0,
        "in/tables/x.ods": 0,
        "in/tables/x.xlsx": 0,
    }
    assert not found.unopened


def test_a_zip_file_is_as_the_folder_in_it(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(zipped(FOLDER))
    assert summary(expand([tmp_path / "in.zip"])) == summary(expand([put(tmp_path / "in", FOLDER)]))


def test_exports_in_a_zip_file_are_read_as_those_beside_it(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zipped({"a.csv": CSV, "b.csv.gz": gzip.compress(CSV), "c.xlsx": xlsx(ROWS)}))
    for one in expand([tmp_path / "all.zip"]).found:
        assert understand(one.place, source=one.source).rows == 2


def test_letters_of_a_folder_become_messages_without_the_names_of_their_files(tmp_path: Path) -> None:
    letters = {
        "brieven/Jan Jansen.pdf": pdf("Ik ben tegen."),
        "brieven/Jan Jansen 2.pdf": pdf("Ik ben tegen."),
        "brieven/Piet Pietersen scan.pdf": pdf(""),
        "brieven/mail van Klaas.eml": MAIL,
    }
    (one,) = expand([put(tmp_path / "in", letters)]).found
    taken = Taken(one.place, tmp_path)
    assert [message.text for message in taken.messages] == ["Ik ben tegen."] * 3
    assert [message.kind for message in taken.messages] == ["letter"] * 3
    assert [(reject["file"], reject["row"]) for reject in taken.rejects] == [("brieven", 3)]
    assert "a scanned page without text" in taken.rejects[0]["reason"]
    told = repr(taken.messages) + repr(taken.rejects)
    assert not any(name in told for name in ("Jan", "Piet", "Klaas", "Jansen"))


def test_scanned_pages_of_a_letter_that_is_read_are_told_of(tmp_path: Path) -> None:
    letters = {"in/scan 3.pdf": pdf("Ik ben tegen.", "", ""), "in/Jan Jansen.pdf": pdf("", "Ik ben voor.")}
    (one,) = expand([put(tmp_path, letters)]).found
    taken = Taken(one.place, tmp_path)
    assert [message.text for message in taken.messages] == ["Ik ben voor.", "Ik ben tegen."]
    assert taken.notes == {"scanned pages": 2}
    assert [(part["row"], part["reason"]) for part in taken.unread] == [
        (1, "file 1 (.pdf): 1 of its 2 pages is scanned, without text"),
        (2, "scan 3.pdf: 2 of its 3 pages are scanned, without text"),
    ]
    assert taken.rejects == []


def test_files_named_one_by_one_keep_together(tmp_path: Path) -> None:
    put(tmp_path / "brieven", {"a.pdf": pdf("Een"), "b.pdf": pdf("Twee"), "c.txt": LETTER})
    assert summary(expand(sorted((tmp_path / "brieven").iterdir()))) == {"brieven": 3}
    assert summary(expand([tmp_path / "brieven" / "a.pdf"])) == {"brieven": 1}
    assert summary(expand([tmp_path / "brieven" / "c.txt"])) == {"c": 0}


def test_sources_have_names_of_their_own_whatever_else_lies_there(tmp_path: Path) -> None:
    put(tmp_path, {"one/letters.csv": CSV, "two/letters.csv": CSV, "two/more.csv": CSV})
    named = [tmp_path / "one" / "letters.csv", tmp_path / "two" / "letters.csv", tmp_path / "two" / "more.csv"]
    assert list(summary(expand(named))) == ["one/letters", "two/letters", "more"]
    assert list(summary(expand([named[0], named[0]]))) == ["letters"]


def test_what_an_earlier_run_wrote_is_no_input(tmp_path: Path) -> None:
    put(tmp_path, {"a.csv": CSV, "out/run.json": b"{}", "out/rejects.jsonl": b"", "out/families.csv": CSV})
    assert list(summary(expand([tmp_path]))) == ["a"]


REFUSED = {
    "Jan Jansen.png": (PICTURE, "file 1 (.png)", "a picture, without text"),
    "scan 3.jpg": (b"\xff\xd8\xff\xe0", "scan 3.jpg", "a picture, without text"),
    "x.7z": (b"7z\xbc\xaf'\x1c\x00\x04", "x.7z", "a 7z archive"),
    "README.md": (b"# About", "README.md", "a note about the files, not one of them"),
    "leeg.csv": (b"", "file 1 (.csv)", "empty"),
    "half.zip": (zipped({"a.csv": CSV})[:-30], "file 1 (.zip)", "a damaged zip file"),
    "deep.zip": (zipped({"b.zip": zipped({"c.zip": zipped({"a.csv": CSV})})}), "c.zip", "a zip file in a zip file in"),
    "deep.zip.gz": (gzip.compress(zipped({"a.csv": CSV})), "file 1 (.gz)", "a zip file that was compressed once more"),
    "half.xlsx.gz": (gzip.compress(xlsx(ROWS))[:-300], "file 1 (.gz)", "it cannot be opened"),
    "slides.pptx": (zipped({"[Content_Types].xml": b""}), "file 1 (.pptx)", "neither a text document nor a spread"),
    "bytes.bin": (bytes(range(256)) * 4, "file 1 (.bin)", "no document of a known kind"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_opened_is_named_with_reason_and_fix(tmp_path: Path, name: str) -> None:
    content, told, reason = REFUSED[name]
    found = expand([put(tmp_path / "in", {name: content, "z.csv": CSV})])
    assert list(summary(found)) == ["z"]
    assert reason in found.unopened[0].reason
    assert found.unopened[0].file == f"in: {told}"
    assert found.unopened[0].fix


def test_a_named_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, {"a.png": PICTURE, "empty/.x": b""})
    for path, says in ((tmp_path / "a.png", "a.png is a picture"), (tmp_path / "b.csv", "No such file")):
        with pytest.raises(ReadError, match=says):
            expand([path])
    with pytest.raises(ReadError, match="nothing to read"):
        expand([tmp_path / "empty"])


def test_names_that_lead_out_of_a_zip_file_write_nothing_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "in" / "x.zip"
    path.parent.mkdir()
    path.write_bytes(zipped({"../../a.csv": CSV, "/etc/b.csv": CSV, "C:\\c.csv": CSV}))
    before = sorted(tmp_path.rglob("*"))
    found = expand([path])
    assert [understand(one.place).rows for one in found.found] == [2, 2, 2]
    assert found.remarks == ("x.zip: 3 of its names lead outside; they are read where they lie",)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_member_without_a_name_is_read_like_the_others(tmp_path: Path) -> None:
    content = zipped({"..": CSV, "Xa.csv": CSV}).replace(b"Xa.csv", b"\x00a.csv")
    (tmp_path / "x.zip").write_bytes(content)
    assert [understand(one.place).rows for one in expand([tmp_path / "x.zip"]).found] == [2, 2]


def test_a_password_and_a_bomb_are_told_from_the_table_of_contents(tmp_path: Path) -> None:
    bomb, locked = bytearray(zipped({"a.csv": CSV})), bytearray(zipped({"a.csv": CSV}))
    at = locked.rfind(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (300 << 20).to_bytes(4, "little")
    locked[at + 8] |= 1
    (tmp_path / "bomb.zip").write_bytes(bomb)
    (tmp_path / "locked.zip").write_bytes(locked)
    reasons = [one.reason for one in expand([tmp_path]).unopened]
    assert reasons == ["it swells more than 400 times when unpacked", "packed under a password"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_zip_file_within_that_places_its_table_before_its_start_is_refused(tmp_path: Path) -> None:
    inner = bytearray(zipped({"a.csv": CSV}))
    inner[-10:-6] = (65_536).to_bytes(4, "little")  # the size of the table of contents
    put(tmp_path, {"outer.zip": zipped({"inner.zip": bytes(inner), "b.csv": CSV})})
    found = expand([tmp_path])
    assert len(found.found) == 1
    assert [one.fix for one in found.unopened] != []


def test_pipes_and_links_are_never_waited_for(tmp_path: Path) -> None:
    put(tmp_path, {"a.csv": CSV})
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dead.csv").symlink_to(tmp_path / "gone.csv")
    found = expand([tmp_path])
    assert list(summary(found)) == ["a"]
    assert {one.reason for one in found.unopened} == {"no ordinary file"}
    with pytest.raises(ReadError, match="no ordinary file"):
        expand([tmp_path / "pipe"])


def test_a_file_name_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"a.csv": CSV})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv")).write_bytes(CSV)
    assert expand([tmp_path]).unopened == (
        Unopened(f"{tmp_path.name}: file 2 (.csv)", "its name holds bytes that are no UTF-8", "rename it"),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_zip_files_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(zipped({"a.csv": CSV, "b/c.pdf": pdf("Een"), "d.zip": zipped({"e.csv": CSV})}))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    shutil.rmtree(tmp_path / "in", ignore_errors=True)
    put(tmp_path / "in", {"x.zip": bytes(content)})
    with contextlib.suppress(IngestError):
        for one in expand([tmp_path / "in"]).found:
            Taken(one.place, tmp_path)
