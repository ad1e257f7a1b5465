"""internetconsultatie.nl: saved pages, alone and in a folder, and the sheet of a collecting tool."""

import shutil
from pathlib import Path

import pytest

from ingest import ReadError
from tests.formats.taking_in import SAMPLES, Taken, folder_of, pseudonym, same_when_packed, sample, written
from tests.ingest.document_files import pdf

FOLDER, SHEET = SAMPLES / "13_internetconsultatie", "13_internetconsultatie_responses.ods"
EXPECTED = [  # time in UTC from the list page, name
    ("2025-03-18T08:05", "Teun Wolkers"),
    ("2025-03-18T08:07", None),
    ("2025-03-19T22:41", "M. Heidezoom"),
    ("2025-03-19T13:00", "Coöperatie Draaiend Dorp"),
    ("2025-03-20T06:30", "F. Kruidhof & gezin"),
    ("2025-04-02T16:12", "Bas Merelstein"),
    ("2025-04-02T16:15", "Lotte Sloot"),
    ("2025-04-03T18:59", None),
]
DAYS = ["2025-03-18"] * 2 + ["2025-03-19"] * 2 + ["2025-03-20", "2025-04-02", "2025-04-02", "2025-04-03"]
ANSWERS = (
    "Wij draaien al twaalf jaar een coöperatieve molen met 240 leden.\nDe afstandsnorm van 350 meter is voor ons "
    "haalbaar.\n\nJa, artikel 5: maak de melding digitaal."
)


def ids(taken: Taken) -> list[str]:
    return [message.native_id for message in taken.messages]


def guid(at: int) -> str:
    return f"d4d3000{at}-1111-4222-8333-00000000000{at}"


def test_a_folder_of_pages(tmp_path: Path) -> None:
    taken = Taken(folder_of(*FOLDER.iterdir()), tmp_path)
    assert taken.format == "internetconsultatie"
    assert ids(taken) == [guid(at) for at in range(8)]
    assert taken.times == [time for time, _ in EXPECTED]
    assert [message.author for message in taken.messages] == [name and pseudonym(name) for _, name in EXPECTED]
    assert {(message.kind, message.channel, message.language) for message in taken.messages} == {
        ("letter", "dorpswindmolens", "nl")
    }
    assert taken.coverage.not_messages == (("list of reactions", 1),)
    assert taken.in_clear([name for _, name in EXPECTED if name]) == set()


def test_answers_and_files(tmp_path: Path) -> None:
    *_, coop, _, _, with_file, _ = Taken(folder_of(*FOLDER.iterdir()), tmp_path).messages
    assert coop.text == ANSWERS
    assert with_file.placeholder == "attachment"
    assert with_file.links[0].endswith("/bestand/90021/download")


def test_the_file_of_a_reaction_is_read_where_it_lies_beside_the_page(tmp_path: Path) -> None:
    pages = [Path(shutil.copy(FOLDER / f"reactie_{at}.html", tmp_path)) for at in (6, 7)]
    page = pages[1].read_text().replace("Brief Sloot.pdf", "Brief Sloot.txt")
    pages[1].write_text(page)
    taken = Taken(folder_of(*pages, written(tmp_path, "Brief Sloot.txt", "Ik maak mij grote zorgen.")), tmp_path)
    assert taken.messages[1].text == "Ik maak mij grote zorgen."
    assert taken.coverage.not_messages == (("file beside the pages", 1),)


def test_a_file_that_cannot_be_read_is_told_of_and_stands_for_the_letter(tmp_path: Path) -> None:
    page = (FOLDER / "reactie_7.html").read_text().replace("Zie bijlage.", "")
    assert "Brief Sloot.pdf" in page
    folder = folder_of(written(tmp_path, "reactie.html", page), written(tmp_path, "Brief Sloot.pdf", pdf("")))
    taken = Taken(folder, tmp_path)
    (message,) = taken.messages
    assert (message.text, message.placeholder) == ("", "attachment")
    assert [part["reason"] for part in taken.unread] == ["attachment 1 (.pdf): a scanned page without text"]
    assert taken.rejects == []


def test_what_is_listed_but_not_saved_is_counted(tmp_path: Path) -> None:
    taken = Taken(folder_of(FOLDER / "reacties_datum_1.html", FOLDER / "reactie_1.html"), tmp_path)
    assert dict(taken.coverage.not_messages) == {"list of reactions": 1, "reaction listed, page not there": 7}


def test_a_page_alone_is_known_to_the_day(tmp_path: Path) -> None:
    taken = sample("13_internetconsultatie/reactie_4.html", tmp_path)
    assert (taken.format, taken.times) == ("internetconsultatie", ["2025-03-19"])
    same_when_packed("13_internetconsultatie/reactie_4.html", tmp_path)


def test_a_list_alone_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="only lists reactions; save their pages too"):
        sample("13_internetconsultatie/reacties_datum_1.html", tmp_path)


def test_the_sheet(tmp_path: Path) -> None:
    taken = sample(SHEET, tmp_path)
    assert taken.format == "internetconsultatie_ods"
    assert ids(taken) == [guid(at) for at in range(8)]
    assert taken.times == DAYS
    assert {message.author for message in taken.messages} == {None}
    assert taken.messages[3].text == ANSWERS.replace("leden.\n", "leden. ")
    assert taken.messages[5].text.endswith("Graag opnemen.")
    assert taken.messages[6].text.startswith("Ik maak mij grote zorgen")
    same_when_packed(SHEET, tmp_path)


def test_mark_up_that_people_typed_stays_text(tmp_path: Path) -> None:
    page = (FOLDER / "reactie_1.html").read_text().replace("Ik maak mij", "a &lt; b &amp;amp; c, ik maak mij")
    (message,) = Taken(written(tmp_path, "page", page), tmp_path).messages
    assert message.text.startswith("a < b &amp; c, ik maak mij")
