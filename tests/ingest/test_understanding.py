"""What a file is understood to be, before any work starts."""

import shlex
from pathlib import Path

import pytest

from ingest import ROLES, Opening, UnknownShape, formats, parse_map, understand

LONG = "Ik maak bezwaar tegen dit plan omdat het landschap en de rust in ons dorp verloren gaan. " * 8


def csv_file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "row", "proposal"),
    [
        (
            "Document ID,First Name,Last Name,Comment",
            "EPA-1,Jan,Bos,Stop the plan",
            "text=Comment,id=Document ID,author=First Name+Last Name",
        ),
        (
            "Nummer;Naam;Zienswijze;Datum",
            "7;Jan Bos;Ik ben tegen;3-11-2026",
            "text=Zienswijze,id=Nummer,author=Naam,published=Datum",
        ),
        (
            "ID_STR,screen-name,FULL TEXT,created at",
            "7,jan,Een bericht,2026-11-03",
            "text=FULL TEXT,id=ID_STR,author=screen-name,published=created at",
        ),
        ("row_id,sender_hash,comment", "a-1,2577d063b35f,Stop the plan", "text=comment,id=row_id,author=sender_hash"),
        ("clust,name,text", "1,090000648471d5be,Stop the plan", "text=text,id=name"),
        (
            "Laufende Nummer;Vorname;Nachname;Stellungnahme;Eingereicht am",
            "7;Jan;Bos;Ich bin dagegen;3.11.2026",
            "text=Stellungnahme,id=Laufende Nummer,author=Vorname+Nachname,published=Eingereicht am",
        ),
        (
            "Numéro;Prénom;Nom;Réponse;Déposé le;Société",
            "7;Jan;Bos;Je suis contre;03/11/2026;La Roue",
            "text=Réponse,id=Numéro,author=Prénom+Nom,published=Déposé le,organisation=Société",
        ),
        (
            "Nr. crt.;Nume;Observații;Data trimiterii",
            "7;Jan Bos;Nu sunt de acord;03.11.2026",
            "text=Observații,id=Nr. crt.,author=Nume,published=Data trimiterii",
        ),
        ("Party,Date,Tweet", "D66,2026-11-03,Een bericht", "text=Tweet,published=Date,organisation=Party"),
    ],
)
def test_usual_names_are_read_untold(tmp_path: Path, header: str, row: str, proposal: str) -> None:
    understanding = understand(csv_file(tmp_path / "a.csv", header, row))
    assert understanding.proposal == f"--map {shlex.quote(proposal)}"
    assert understanding.mapping == parse_map(proposal)
    assert understanding.confident
    assert understanding.rows == 1


def test_unusual_names_are_guessed_and_said(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "n,q7", *(f"{at},Ik vind het plan nummer {at} niet goed" for at in range(5)))
    understanding = understand(path)
    assert not understanding.confident
    assert understanding.proposal == "--map text=q7"
    assert understand(path, mapping={"text": "q7"}).confident


def test_what_can_be_nothing_else_is_found_by_content(tmp_path: Path) -> None:
    rows = [f"Ik vind plan {at} van de molens niet goed;{at + 10}/11/2026 12:00;an{at}@post.nl;{at}" for at in range(5)]
    understanding = understand(csv_file(tmp_path / "a.csv", "wat;wanneer;wie;geteld", *rows))
    assert understanding.mapping == {"text": "wat", "published": "wanneer", "author": "wie"}
    assert set(understanding.guessed) == {"text", "published", "author"}
    assert not understanding.confident
    assert understanding.samples[0]["published"] == "2026-11-10 11:00 UTC"
    two = understand(csv_file(tmp_path / "b.csv", "text;a;b", *(f"{row[:30]};2026-11-03;2026-11-04" for row in rows)))
    assert two.guessed == ()
    assert two.confident


def test_no_text_column_is_an_error_with_columns_and_proposal(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "alpha,beta", "1,2", "3,4")
    with pytest.raises(UnknownShape, match=r"alpha, beta.*--map text="):
        understand(path)
    with pytest.raises(UnknownShape, match=r"no column 'gamma'; it has|has no column 'gamma'"):
        understand(path, mapping={"text": "gamma"})
    with pytest.raises(UnknownShape, match="no role 'txt'; there are: id, text"):
        understand(path, mapping={"txt": "alpha"})


def test_kind_by_evidence_or_as_given(tmp_path: Path) -> None:
    letters = csv_file(tmp_path / "a.csv", "id,text", *(f"{at},{LONG}" for at in range(3)))
    assert understand(letters).kind == "letter"
    assert "characters" in understand(letters).kind_reason
    assert understand(letters, kind="post").kind_reason == "as given"


def test_samples_are_scrubbed_and_short(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "id,author,text", f"1,jan,@marie mail jan@post.nl {LONG}")
    (sample,) = understand(path).samples
    assert "marie" not in sample["text"]
    assert "post.nl" not in sample["text"]
    assert len(sample["text"]) <= 80
    assert "author" not in sample


def test_a_zone_that_does_not_exist(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "id,text,date", "1,Een bericht,2026-11-03 10:00")
    with pytest.raises(UnknownShape, match="Europe/Amsterdam"):
        understand(path, zone="Mars/Base")
    assert "UTC" in understand(path, zone="UTC").zone_rule


def test_every_format_keeps_the_contract() -> None:
    assert set(formats()) >= {"delimited", "json_document", "json_lines", "spreadsheet"}
    for module in formats().values():
        assert 0 <= module.recognise(Opening(Path("x"), "", b"")) <= 1
        assert module.EXAMPLE
        assert module.__doc__
    assert "text" in ROLES
