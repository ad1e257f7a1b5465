"""A folder into which files are dropped."""

import os
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.formats.taking_in import SAMPLES
from tests.sources.pulled import Puller, pseudonym

LETTERS = "id,auteur,tekst\n1,Wim Zonneveld,Stop het plan\n2,Ans de Boer,Ga door met het plan\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def puller(inbox: Path, **options: object) -> Puller:
    return Puller("folder", {"path": str(inbox), "settle_seconds": 0, **options})


def drop(inbox: Path, name: str = "brieven.csv", content: str | bytes = LETTERS) -> Path:
    path = inbox / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_a_file_is_read_and_moved_aside(inbox: Path) -> None:
    drop(inbox)
    came = puller(inbox).pull()
    assert came.texts == ["Stop het plan", "Ga door met het plan"]
    assert [one.source for one in came.messages] == ["brieven"] * 2
    assert came.messages[0].author == pseudonym("Wim Zonneveld")
    (read,) = lying(inbox / "read")
    assert read.startswith("brieven.")
    assert read.endswith(".csv")
    assert lying(inbox) == []
    assert (inbox / "read" / read).read_text() == LETTERS


def test_the_same_file_again_adds_nothing(inbox: Path) -> None:
    source = puller(inbox)
    drop(inbox)
    source.pull()
    drop(inbox)
    drop(inbox, "ook.csv")
    came = Puller("folder", source.source.options).pull()  # one that knows of no cursor
    assert (came.messages, came.count("read")) == ([], 0)
    assert "add nothing" in came.notes[0]
    assert lying(inbox) == []


def test_a_grown_export_brings_what_is_new_under_the_ids_that_the_rest_has(inbox: Path) -> None:
    source = puller(inbox)
    drop(inbox)
    first = source.pull()
    drop(inbox, content=LETTERS + "3,Bo,Nog een brief over het plan\n")
    second = source.pull()
    assert second.ids[:2] == first.ids
    assert len(second.ids) == 3
    assert len(lying(inbox / "read")) == 2


@pytest.mark.parametrize("kept", [0, 1])
def test_killed_before_the_file_is_moved_it_brings_the_same_ids(inbox: Path, kept: int) -> None:
    drop(inbox)
    source = puller(inbox)
    cut = source.pull(until=kept)
    assert lying(inbox) == ["brieven.csv"]
    if kept:
        source.cursor = cut.batches[1].cursor
    again = source.pull()
    assert again.ids == ([] if kept else cut.ids)
    assert again.count("read") == (0 if kept else 2)
    assert lying(inbox) == []
    assert len(lying(inbox / "read")) == 1


def test_a_large_file_comes_in_parts_and_counts_once_it_is_whole(inbox: Path) -> None:
    rows = "".join(f"{number},a{number},Bericht nummer {number} over het plan\n" for number in range(12_000))
    drop(inbox, content=f"id,auteur,tekst\n{rows}")
    source = puller(inbox)
    cut = source.pull(until=1)
    assert (source.cursor, cut.count("read")) == (None, 0)
    came = source.pull()
    assert len(came.batches) > 2
    assert [batch.cursor is None for batch in came.batches[:3]] == [True] * 3
    assert (len(set(came.ids)), came.count("kept")) == (12_000, 12_000)
    assert set(cut.ids) < set(came.ids)


def test_what_is_still_being_written_is_left(inbox: Path) -> None:
    drop(inbox, "brieven.csv.part")
    drop(inbox, ".verborgen.csv")
    drop(inbox, "upload.csv.crdownload")
    drop(inbox, "vers.csv")
    came = puller(inbox, settle_seconds=60).pull()
    assert came.messages == []
    assert len(lying(inbox)) == 4
    later = Puller(
        "folder",
        {"path": str(inbox), "settle_seconds": 60},
        clock=lambda: datetime.now(UTC) + timedelta(seconds=61),
    )
    assert len(later.pull().messages) == 2
    assert lying(inbox) == [".verborgen.csv", "brieven.csv.part", "upload.csv.crdownload"]


def test_a_file_with_an_old_date_that_has_just_been_moved_in_is_left_as_well(inbox: Path) -> None:
    old = drop(inbox)
    os.utime(old, (time.time() - 10**6,) * 2)
    assert puller(inbox, settle_seconds=60).pull().messages == []


def test_a_file_that_grows_while_it_is_read_is_read_again(inbox: Path) -> None:
    path = drop(inbox, content="id,auteur,tekst\n" + "".join(f"{n},a,Bericht {n} over het plan\n" for n in range(6000)))
    source = puller(inbox)
    batches = source.batches()
    next(batches)
    with path.open("a") as file:
        file.write("6000,a,Te laat geschreven\n")
    rest = list(batches)
    assert any("it is read again" in note for batch in rest for note in batch.notes)
    assert lying(inbox) == ["brieven.csv"]
    assert "Te laat geschreven" in puller(inbox).pull().texts


REJECTED = {
    "leeg": ("leeg.csv", b"", "empty"),
    "a bad archive": ("kapot.zip", b"PK\x03\x04kapot", "a damaged zip file"),
    "a picture": ("foto.png", b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
    "a closed archive": ("brieven.7z", b"7z\xbc\xaf'\x1c" + bytes(50), "unpack it"),
    "no text": ("getallen.csv", b"a,b\n1,2\n3,4\n", "say which"),
    "a guess": (
        "gok.csv",
        b"kolom a,kolom b\n" + b"1,Een brief over het plan dat niemand hier wil\n2,Nog een brief over dat plan\n" * 9,
        'mapping = "text=kolom b"',
    ),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_cannot_be_read_is_rejected_with_the_reason(inbox: Path, name: str) -> None:
    file, content, words = REJECTED[name]
    drop(inbox, file, content)
    drop(inbox)
    source = puller(inbox)
    came = source.pull()
    assert len(came.messages) == 2
    assert "each with the reason beside it" in came.notes[0]
    moved, why = lying(inbox / "rejected")
    assert why == f"{moved}.txt"
    assert words.lower() in (inbox / "rejected" / why).read_text().lower()
    assert lying(inbox) == []
    drop(inbox, file, content)  # what was rejected may be tried again
    source.pull()
    assert len(lying(inbox / "rejected")) == 2


def test_a_guess_may_be_accepted_or_spelt_out(inbox: Path) -> None:
    file, content, _ = REJECTED["a guess"]
    drop(inbox, file, content)
    assert len(puller(inbox, accept_guess=True).pull().messages) == 18
    drop(inbox, "anders.csv", content + b"\n")
    came = puller(inbox, mapping="text=kolom b", source="brieven", read_as="letter").pull()
    assert {(one.source, one.kind) for one in came.messages} == {("brieven", "letter")}


def test_links_and_folders_are_not_read(inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.csv"
    secret.write_text(LETTERS)
    (inbox / "link.csv").symlink_to(secret)
    (inbox / "map").mkdir()
    os.mkfifo(inbox / "pijp")
    came = puller(inbox).pull()
    assert came.messages == []
    assert any("drop a zip file" in note for note in came.notes)
    told = [path.read_text() for path in (inbox / "rejected").glob("*.txt")]
    assert sorted(told) == ["it is a link; drop the file itself\n", "it is no ordinary file; drop the file itself\n"]
    assert secret.read_text() == LETTERS


def test_an_archive_is_read_for_what_is_in_it(inbox: Path) -> None:
    with zipfile.ZipFile(inbox / "alles.zip", "w") as archive:
        archive.writestr("brieven.csv", LETTERS)
        archive.writestr("brief.txt", "Geachte raad, ik ben tegen het plan voor de wijk.")
        archive.writestr("leeg.csv", "")
    came = puller(inbox).pull()
    assert len(came.messages) == 3
    assert [(one.reason, one.row) for one in came.rejects] == [("empty", 0)]
    assert len(lying(inbox / "read")) == 1


def test_letters_dropped_one_by_one_are_letters_of_their_own(inbox: Path) -> None:
    source = puller(inbox)
    drop(inbox, "een.html", "<p>Geachte raad, ik ben tegen het plan.</p>")
    first = source.pull()
    drop(inbox, "twee.html", "<p>Geachte  raad, ik ben tegen het plan.</p>")
    second = source.pull()
    assert first.texts == second.texts
    assert first.ids != second.ids
    assert first.messages[0].source == second.messages[0].source == "inbox"


@pytest.mark.parametrize("sample", ["09_bluesky_jetstream.jsonl", "12_letters.mbox", "05_eusurvey_results_en.xlsx"])
def test_every_system_is_recognised_as_scan_does(inbox: Path, sample: str) -> None:
    drop(inbox, sample, (SAMPLES / sample).read_bytes())
    came = puller(inbox).pull()
    assert came.messages
    assert came.notes == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "no folder" in puller(tmp_path / "nergens").pull(fails=True).error


@pytest.mark.parametrize(
    ("options", "words"),
    [({"mapping": "tekst=a"}, "no role 'tekst'"), ({"format_name": "jsnl"}, "no format 'jsnl'; there are: ")],
)
def test_a_mistake_in_the_options_is_told_before_a_file_is_touched(
    inbox: Path, options: dict[str, str], words: str
) -> None:
    drop(inbox)
    with pytest.raises(ValueError, match="source 'test'") as error:
        puller(inbox, **options).pull()
    assert words in str(error.value)
    assert lying(inbox) == ["brieven.csv"]


def test_a_folder_that_may_not_be_written_to_is_not_read(inbox: Path) -> None:
    drop(inbox)
    (inbox / "read").write_text("a file where a folder should be")
    assert "check its rights" in puller(inbox).pull(fails=True).error
    assert "brieven.csv" in lying(inbox)


@pytest.mark.parametrize("name", ["brief \u202eodt.csv", "a" * 240 + ".csv", "naam\nregel.csv", "één.csv.gz.csv"])
def test_names_of_any_kind(inbox: Path, name: str) -> None:
    drop(inbox, name)
    source = puller(inbox)
    assert len(source.pull().messages) == 2
    drop(inbox, name)
    assert source.pull().messages == []
