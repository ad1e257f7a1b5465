"""The header below whatever exports put above it, and rows that are not as wide as it."""

from pathlib import Path

import pytest

from ingest import formats, understand
from ingest.formats.delimited import columns
from ingest.rows import Row
from tests.ingest.files import taken_in, xlsx

ABOVE = [
    ("Alias;wind2025;;\nExport Date;2025-03-01;;\n;;;\n", 4),
    ("Alias;wind2025\nExport Date;2025-03-01\n\n", 4),
    ("Reacties op het plan\n", 2),
    ("\n\nReacties\n\n", 5),
    ("", 1),
]
TABLE = "Kenmerk;Naam;Reactie;Datum\n1;Jan;Ik ben tegen;2025-01-01\n2;Piet;Ik ben voor, echt;2025-01-02\n"


def rows_of(path: Path) -> list[dict[str, object]]:
    return [dict(row.values) for row in formats()["delimited"].read(path).rows if isinstance(row, Row)]


def file(folder: Path, content: str) -> Path:
    path = folder / "export.csv"
    path.write_text(content, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(("above", "row"), ABOVE)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_below_titles_and_notes(tmp_path: Path, above: str, row: int, end: str) -> None:
    path = file(tmp_path, (above + TABLE).replace("\n", end))
    understanding = understand(path)
    assert understanding.columns == ("Kenmerk", "Naam", "Reactie", "Datum")
    assert (f"header on row {row}" in understanding.detail) == (row > 1)
    taken = taken_in(path)
    assert taken.texts == ["Ik ben tegen", "Ik ben voor, echt"]
    assert taken.coverage.rejected == 0


@pytest.mark.parametrize(
    ("content", "columns", "values"),
    [
        ("Alias,wind\nExport,2025\n\nid,text\n1,Een bericht\n2,Nog een\n", ("id", "text"), ["1", "Een bericht"]),
        ("Plan\n\nzaak,wie,wat\n1,jan,Een bericht\n2,an,Twee\n", ("zaak", "wie", "wat"), ["1", "jan", "Een bericht"]),
        ("text\nEen bericht, lang\nNog een, ook lang\n", ("text",), ["Een bericht, lang"]),
        ('"object","text"\n"1","a","Een"\n"2","b","Twee"\n', ("column 1", "object", "text"), ["1", "a", "Een"]),
        ("id,text\n1,Een,\n2,Twee,\n", ("id", "text"), ["1", "Een"]),
        ("id,text,opm\n1,Een\n2,Twee\n3,Drie\n4,Vier,x\n", ("id", "text", "opm"), ["1", "Een"]),
        ("Een man,Mens,5.0\nHond,Kat,1.2\n", ("column 1", "column 2", "column 3"), ["Een man", "Mens", "5.0"]),
        ("id,text,text,\n1,een,twee,\n", ("id", "text", "text (3)", "column 4"), ["1", "een", "twee", ""]),
        ('Export\n\nid,text\n1,"een\ntwee"\n2,"drie\nvier"\n', ("id", "text"), ["1", "een\ntwee"]),
    ],
)  # fmt: skip
def test_headers_of_all_kinds(tmp_path: Path, content: str, columns: tuple[str, ...], values: list[str]) -> None:
    rows = rows_of(file(tmp_path, content))
    assert tuple(columns[: len(rows[0])]) == tuple(rows[0])
    assert list(rows[0].values()) == values


def test_as_many_commas_in_every_text_do_not_mislead(tmp_path: Path) -> None:
    lines = [f"Ik, An Bos, vind plan {at} niet goed;{at + 10}/11/2026;a{at}" for at in range(5)]
    for above in ("", "Overzicht\n\n"):
        rows = rows_of(file(tmp_path, above + "\n".join(["wat;wanneer;wie", *lines]) + "\n"))
        assert list(rows[0]) == ["wat", "wanneer", "wie"]


def test_a_row_with_something_too_much_is_rejected(tmp_path: Path) -> None:
    taken = taken_in(file(tmp_path, "id,text\n1,Een bericht,,\n2,Twee,drie\n3,Nog een bericht\n4,En nog een\n"))
    assert taken.texts == ["Een bericht", "Nog een bericht", "En nog een"]
    assert [reject["row"] for reject in taken.rejects] == [3]


def test_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    rows: list[list[str | float]] = [["Overzicht", "wind", ""], ["Gemaakt op", 45_000.0, ""], ["", "", ""]]
    rows += [["Kenmerk", "Naam", "Reactie"], [1.0, "Jan", "Ik ben tegen"], [2.0, "An", "=SOM(A1) is voor"]]
    path.write_bytes(xlsx(rows, dates=[1]))
    assert "header on row 4" in understand(path).detail
    assert taken_in(path).texts == ["Ik ben tegen", "=SOM(A1) is voor"]


@pytest.mark.parametrize("content", ["id,text\n", "\n\n\n", "Kenmerk;Reactie\n\n\n"])
def test_without_rows_it_says_so(tmp_path: Path, content: str) -> None:
    with pytest.raises(Exception, match=r"export\.csv (is empty|holds no rows); check the export"):
        understand(file(tmp_path, content))


def test_what_never_closes_takes_few_with_it(tmp_path: Path) -> None:
    lines = [f'{at},"Regel {at}' if at % 100 == 0 else f"{at},Regel {at}" for at in range(1, 3000)]
    taken = taken_in(file(tmp_path, "\n".join(["id,text", *lines]) + "\n"))
    assert (taken.coverage.read, taken.coverage.rejected) == (2999, 29)


def test_some_columns_alone_are_those_of_the_rows(tmp_path: Path) -> None:
    """As a format asks for them before it reads: of rows without their last fields too, and never of the header."""
    lines = [
        "Overzicht",
        "",
        "id;wie;tekst;opm",
        "1;an;Een",
        '2;bo;"Twee\nregels"',
        "3;jo;Drie",
        "4;ed;Vier;x",
        "5;te;veel;x;y",
    ]
    path = file(tmp_path, "\n".join(lines) + "\n")
    wanted = ("opm", "id", "onbekend", "tekst")
    found = list(columns(path, wanted))
    assert found == [("", "1", "", "Een"), ("", "2", "", "Twee\nregels"), ("", "3", "", "Drie"), ("x", "4", "", "Vier")]
    assert found == [tuple(str(row.get(name, "")) for name in wanted) for row in rows_of(path)]
    assert list(columns(file(tmp_path, "\n\n"), wanted)) == []
