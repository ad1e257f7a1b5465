"""What goes wrong is one line that names the fix, and an exit code; never a traceback."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.stemwacht.house import House, letters, letters_file

INPUT, CONFIGURATION, STORAGE, MODEL = 3, 4, 5, 6


@pytest.fixture
def filled(house: House) -> House:
    letters_file(house.folder / "letters.csv", letters(3, 20))
    (house.folder / "empty.csv").touch()
    (house.folder / "unknown.csv").write_text("a,b\n1,2\n3,4\n")
    story = "een lang verhaal over stemmen in het dorp en wat daar die dag allemaal bij kwam kijken"
    (house.folder / "guess.csv").write_text(f"id,zeg\n1,{story}\n2,{story} voor wie er niet bij was\n")
    (house.folder / "occupied").write_text("a file")
    (house.folder / "broken.toml").write_text("[report\n")
    (house.folder / "section.toml").write_text("[reprot]\n")
    (house.folder / "key.toml").write_text("[report]\nlnag = 'nl'\n")
    (house.folder / "type.toml").write_text("[watch]\nbatch = 'many'\n")
    (house.folder / "campaigns.toml").write_text("[[campaign]]\nnaam = 'x'\n")
    return house


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ("scan missing.csv", INPUT, "check its path"),
        ("ingest missing.csv", INPUT, "check its path"),
        ("scan empty.csv", INPUT, "empty.csv is empty"),
        ("scan unknown.csv", INPUT, "--map text="),
        ("scan guess.csv", CONFIGURATION, "--map text=zeg"),
        ("scan letters.csv --map text=tekst", INPUT, "it has: id, date, name"),
        ("scan letters.csv --map tekst=text", INPUT, "there are: id, text"),
        ("scan letters.csv --kind brief", CONFIGURATION, "there are: letter, post"),
        ("scan letters.csv --lang fr", CONFIGURATION, "there are: en, nl"),
        ("scan letters.csv --consulted missing.txt", INPUT, "check its path"),
        ("scan letters.csv --campaigns missing.toml", CONFIGURATION, "missing.toml"),
        ("scan letters.csv --campaigns campaigns.toml", CONFIGURATION, "naam"),
        ("scan letters.csv --out occupied", STORAGE, "choose another folder"),
        ("scan letters.csv --out occupied/below", STORAGE, "choose another folder"),
        ("scan letters.csv --config broken.toml", CONFIGURATION, "not valid TOML"),
        ("scan letters.csv --config section.toml", CONFIGURATION, "did you mean 'report'"),
        ("watch --once --config key.toml", CONFIGURATION, "did you mean 'lang'"),
        ("config --config type.toml", CONFIGURATION, "batch"),
        ("config --config missing.toml", CONFIGURATION, "no configuration file"),
        ("report --week 2026-47", CONFIGURATION, "like 2026-W47"),
        ("report --week 2026-W60", CONFIGURATION, "like 2026-W47"),
        ("demo --lang fr", CONFIGURATION, "there are: en, nl"),
        ("demo --posts 3", CONFIGURATION, "2000"),
    ],
)
def test_one_line_names_the_fix(filled: House, words: str, code: int, says: str) -> None:
    ran = filled.run(*words.split())
    assert ran.code == code, ran.err
    assert says in ran.complaint
    assert ran.complaint.startswith("stemwacht: ")
    assert ran.out == ""


@pytest.mark.parametrize(
    ("environment", "code", "says"),
    [
        ({"STEMWACHT_EMBEDDER__NAME": "sue"}, MODEL, "there are: sentence_transformers, use"),
        ({"STEMWACHT_INGEST__LANGUAGES": "nl,xx"}, MODEL, "no language 'xx'"),
        ({"STEMWACHT_INGEST__ZONE": "Europe/Oostervliet"}, CONFIGURATION, "Europe/Amsterdam"),
        ({"STEMWACHT_WATCH__BATCH": "many"}, CONFIGURATION, "a whole number"),
        ({"STEMWACHT_REPORT__LNAG": "nl"}, CONFIGURATION, "did you mean 'lang'"),
        ({"STEMWACHT_PATHS__KEY_FILE": "occupied/key"}, INPUT, "choose a folder you own"),
    ],
)
def test_a_wrong_setting_is_told_before_the_work(
    filled: House, environment: Mapping[str, str], code: int, says: str
) -> None:
    ran = filled.run("scan", "letters.csv", "--json", **environment)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert not (filled.folder / "out" / "families.csv").exists()


@pytest.mark.parametrize("which", ["STORE", "LOG"])
def test_a_place_that_cannot_hold_a_store_or_log(filled: House, which: str) -> None:
    for place in ("occupied/below.sqlite", "letters.csv"):
        ran = filled.run("watch", "--once", **{f"STEMWACHT_PATHS__{which}": place})
        assert ran.code == STORAGE
        assert "choose another folder" in ran.complaint or "it is not a store" in ran.complaint


@pytest.mark.parametrize("words", ["", "nonsense", "scan", "scan letters.csv --nonsense", "report --weak 2026-W47"])
def test_wrong_use_exits_with_2(filled: House, words: str) -> None:
    ran = filled.run(*words.split())
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_the_help_tells_the_exit_codes(house: House) -> None:
    told = " ".join(house.well("--help").out.split())
    for code in ("0 done", "2 wrong use", "3 input", "4 configuration", "5 disk or store", "6 model", "10 done"):
        assert code in told


@pytest.mark.slow
def test_an_unknown_language_is_told_from_a_process_of_its_own_too(house: House) -> None:
    path: Path = house.folder / "many.csv"
    path.write_text("id,text\n" + "".join(f"{n},bericht nummer {n} over de haven en de sluis\n" for n in range(15_000)))
    ran = house.run("scan", path, "--yes", "--kind", "post", STEMWACHT_INGEST__LANGUAGES="nl,xx")
    assert (ran.code, "no language 'xx'" in ran.complaint) == (MODEL, True)
