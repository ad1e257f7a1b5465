"""Workbooks as people make them, and as an enemy would."""

import io
import time
import zipfile
from pathlib import Path

import pytest

from ingest import ReadError, understand
from tests.ingest.files import ods, taken_in, xlsx

FIRST: list[list[str | float]] = [["id", "tekst"], [1.0, "Een bericht"], [2.0, "Nog een bericht"]]
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>tekst</t></is></c></row>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_part(book: bytes, name: str, content: str) -> bytes:
    """The workbook with one of its parts replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return made.getvalue()


def sheet(folder: Path, rows: str, after: str = "") -> Path:
    """A workbook with these rows in the words of its format."""
    path = folder / "book.xlsx"
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    path.write_bytes(with_part(xlsx(FIRST), "xl/worksheets/sheet1.xml", content))
    return path


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def test_formulas_errors_and_text_that_looks_like_them(tmp_path: Path) -> None:
    cells = (
        f'{text("B2", "=SOM(A1) is geen formule")}<c r="C2" t="e"><v>#N/A</v></c>',
        '<c r="B3" t="str"><f>A1&amp;"x"</f><v>Wat er bewaard is</v></c><c r="C3"><f>SUM(A1)</f></c>',
    )
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c>{two}</row>' for at, two in enumerate(cells, 2))
    head = HEAD.replace("</row>", text("C1", "dossier") + "</row>")
    taken = taken_in(sheet(tmp_path, head + rows))
    assert taken.texts == ["=SOM(A1) is geen formule", "Wat er bewaard is"]
    assert [message.channel for message in taken.messages] == [None, None]


def test_a_cell_merged_over_rows_holds_for_each(tmp_path: Path) -> None:
    rows = f'<row r="1">{text("A1", "Reacties op het plan")}</row>'
    rows += f'<row r="3">{text("A3", "nr")}{text("B3", "reactie")}{text("C3", "dossier")}</row>'
    rows += f'<row r="4">{text("A4", "1")}{text("B4", "Ik ben voor")}{text("C4", "wind")}</row>'
    rows += f'<row r="5">{text("A5", "2")}{text("B5", "Ik ben tegen")}</row>'
    rows += f'<row r="6">{text("A6", "3")}{text("B6", "Geen idee")}</row>'
    merged = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="C4:C5"/></mergeCells>'
    taken = taken_in(sheet(tmp_path, rows, merged))
    assert [message.channel for message in taken.messages] == ["wind", "wind", None]


def test_a_date_that_no_calendar_has_spoils_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(xlsx([["datum", "tekst"], [46329.0, "Een"], [-1e22, "Twee"], [46330.0, "Drie"]], dates=[0]))
    taken = taken_in(path)
    assert taken.texts == ["Een", "Drie"]
    assert [(reject["row"], "calendar" in reject["reason"]) for reject in taken.rejects] == [(3, True)]


def test_a_million_empty_rows(tmp_path: Path) -> None:
    rows = f'<row r="2"><c r="A2"><v>7</v></c>{text("B2", "Een bericht")}</row>'
    rows += "".join(f'<row r="{at}"><c r="A{at}" s="1"/></row>' for at in range(3, 1_000_000))
    began = time.process_time()
    assert taken_in(sheet(tmp_path, HEAD + rows)).texts == ["Een bericht"]
    assert time.process_time() - began < 30


@pytest.mark.parametrize("place", ["XFD1048576", "ZZZ9999999999"])
def test_a_cell_in_the_far_corner_is_refused_before_it_costs_memory(tmp_path: Path, place: str) -> None:
    row = "".join(filter(str.isdigit, place))
    with pytest.raises(ReadError, match=r"book\.xlsx spans [\d,]+ cells.*export it as CSV"):
        understand(sheet(tmp_path, f'{HEAD}<row r="{row}">{text(place, "x")}</row>'))


def test_cells_without_a_place_are_counted_as_well(tmp_path: Path) -> None:
    cells = '<c t="n"><v>1</v></c>' * 16_000
    with pytest.raises(ReadError, match="spans"):
        understand(sheet(tmp_path, f'{HEAD}<row r="2">{cells}</row><row r="1048576"><c><v>1</v></c></row>'))


def test_cells_repeated_without_end(tmp_path: Path) -> None:
    path = tmp_path / "book.ods"
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    with zipfile.ZipFile(io.BytesIO(ods(FIRST))) as book:
        content = book.read("content.xml").decode()
    path.write_bytes(with_part(ods(FIRST), "content.xml", content.replace("</table:table>", row + "</table:table>")))
    with pytest.raises(ReadError, match="spans"):
        understand(path)
    path.write_bytes(with_part(ods(FIRST), "content.xml", content.replace("</table:table>", empty + "</table:table>")))
    assert taken_in(path).texts == ["Een bericht", "Nog een bericht"]


def test_sheets_alike_are_one_table_and_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(io.BytesIO(ods(FIRST))) as book:
        content = book.read("content.xml").decode()
    table = content[content.index("<table:table ") : content.index("</office:spreadsheet>")]
    second = table.replace("Blad1", "Vervolg").replace("Een bericht", "Een derde").replace("Nog een", "Een vierde")
    notes = table.replace("Blad1", "Uitleg").replace("tekst", "betekenis").replace("<table:table-row>", "", 0)
    whole = content.replace(table, table + second + notes)
    path.write_bytes(with_part(ods(FIRST), "content.xml", whole))
    assert understand(path).detail == "sheets 'Blad1', 'Vervolg', not read: 'Uitleg'"
    assert taken_in(path).texts == ["Een bericht", "Nog een bericht", "Een derde", "Een vierde bericht"]


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 99, xlsx(FIRST)[:-300], b"\xd0\xcf\x11\xe0" + b"x" * 999])
def test_damaged_or_locked(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=r"book\.xlsx.*(password|again)"):
        understand(path)


def test_links_and_entities_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    content = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
        f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD}<row r="2">{text("A2", "1")}{text("B2", "x &b;&c; y")}</row>'
        "</sheetData></worksheet>"
    )
    path.write_bytes(with_part(xlsx(FIRST), "xl/worksheets/sheet1.xml", content))
    try:
        texts = taken_in(path).texts
    except ReadError:
        return
    assert all("aaa" not in one and len(one) < 20 for one in texts)


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path) -> None:
    """The value that was saved with the formula counts; the address is one where nothing answers."""
    path = sheet(
        tmp_path, f'{HEAD}<row r="2">{text("A2", "1")}<c r="B2" t="str"><f>[1]Blad1!A1</f><v>Nee</v></c></row>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "a") as book:
        link = f'<externalLink xmlns="{MAIN}" xmlns:r="{office}"><externalBook r:id="r1"/></externalLink>'
        book.writestr("xl/externalLinks/externalLink1.xml", link)
        book.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{office}/externalLinkPath" Target="http://192.0.2.1/geheim.xlsx" TargetMode="External"/>'
            "</Relationships>",
        )
    assert taken_in(path).texts == ["Nee"]
