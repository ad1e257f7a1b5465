"""Small files for the tests, and the way from a file to its messages."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ingest import Intake, Kind, Message, Pseudonyms, understand

KEY = b"k" * 32
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def taken_in(path: Path, *, mapping: Mapping[str, str] = {}, kind: Kind | None = None, batch: int = 5000) -> "Taken":
    """Understand and read one file."""
    intake = Intake(Pseudonyms(KEY), path.parent / "rejects.jsonl", now=NOW)
    messages = [
        message for piece in intake.read(understand(path, mapping=mapping, kind=kind), batch) for message in piece
    ]
    intake.close()
    return Taken(intake, messages, path.parent / "rejects.jsonl")


class Taken:
    """What came of a file."""

    def __init__(self, intake: Intake, messages: list[Message], rejects: Path) -> None:
        self.messages = messages
        self.coverage = intake.coverage()[0]
        self.notes = {note.name: note.count for note in intake.notes()}
        self.rejects = [msgspec.json.decode(line) for line in rejects.read_bytes().splitlines()]
        assert self.coverage.read == self.coverage.kept + self.coverage.rejected + self.coverage.duplicate
        assert len(self.rejects) == self.coverage.rejected
        assert len(messages) == self.coverage.kept
        assert len({message.id for message in messages}) == len(messages)

    @property
    def texts(self) -> list[str]:
        """The texts in order."""
        return [message.text for message in self.messages]


def xlsx(rows: Sequence[Sequence[str | float]], dates: Sequence[int] = ()) -> bytes:
    """A workbook of one sheet, as bytes; the columns in `dates` hold serial numbers formatted as dates."""
    cells = "".join(f"<row>{''.join(_cell(value, at in dates) for at, value in enumerate(row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return _zipped(parts)


def ods(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An OpenDocument spreadsheet of one sheet, as bytes."""
    names = {part: f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ("office", "table", "text")}
    declared = " ".join(f'xmlns:{part}="{name}"' for part, name in names.items())
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content {declared}><office:body><office:spreadsheet><table:table table:name="Blad1">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return _zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _cell(value: str | float, is_date: bool) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
    return f'<c s="{int(is_date)}"><v>{value}</v></c>'


def _ods_cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    cell = f'<table:table-cell office:value-type="float" office:value="{value}">'
    return f"{cell}<text:p>{value}</text:p></table:table-cell>"


def _zipped(parts: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
