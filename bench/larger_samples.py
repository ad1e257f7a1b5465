"""Small files made large: the same shape with their records many times over."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

_ROW = re.compile(rb"<row\b.*?</row>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]*)\d+"')
_ODS_ROW = re.compile(rb"<table:table-row\b.*?</table:table-row>", re.DOTALL)
_SENTENCE = "de gemeente wil windmolens bij ons dorp en wij zien één plan zonder overleg met omwonenden"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def larger(content: bytes, ending: str, times: int) -> bytes:
    """The file with its records `times` times over; `ending` is that of its name, in lower case with the dot."""
    return _WAYS[ending](content, times)


def unknown_tables(records: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of tables of a shape that belongs to no system, in each of the general formats."""
    random, words = Random(7), _SENTENCE.split()
    rows = [
        {
            "nummer": 100_000 + at,
            "naam": f"inwoner {at % 997}",
            "datum": f"2026-11-{at % 28 + 1:02d} 12:{at % 60:02d}:{at % 59:02d}",
            "reactie": " ".join(random.choices(words, k=40)),
        }
        for at in range(records)
    ]
    lines = [";".join(rows[0]), *(";".join(map(str, row.values())) for row in rows)]
    yield "unknown.csv", "\n".join(lines).encode() + b"\n"
    yield "unknown.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    yield "unknown.json", json.dumps({"data": rows}).encode()
    yield "unknown.xlsx", _workbook([list(rows[0]), *(list(row.values()) for row in rows)])


def _csv(content: bytes, times: int) -> bytes:
    head, end, body = content.partition(b"\n")
    whole = body if body.endswith(b"\n") else body + end
    return head + end + whole * times


def _lines(content: bytes, times: int) -> bytes:
    return (content if content.endswith(b"\n") else content + b"\n") * times


def _json(content: bytes, times: int) -> bytes:
    document = json.loads(content)
    records = _largest(document)
    records[:] = records * times
    return json.dumps(document, ensure_ascii=False).encode()


def _largest(value: Any) -> list[Any]:
    """The longest array of objects that stands in no other, anywhere in the document."""
    if isinstance(value, list):
        return value
    inner = [_largest(one) for one in value.values()] if isinstance(value, dict) else []
    return max(inner, key=len, default=[])


def _mbox(content: bytes, times: int) -> bytes:
    return (content.rstrip(b"\n") + b"\n\n") * times


def _xlsx(content: bytes, times: int) -> bytes:
    return _with_sheet(content, "xl/worksheets/sheet1.xml", lambda sheet: _rows_again(sheet, times))


def _rows_again(sheet: bytes, times: int) -> bytes:
    """The rows below the header again and again, each cell with the number of its new row."""
    rows = _ROW.findall(sheet)
    head = max(range(min(len(rows), 5)), key=lambda at: rows[at].count(b"<c "))
    body = rows[head + 1 :]
    first = sheet.index(body[0])
    last = sheet.index(body[-1]) + len(body[-1])
    start = int(_number(body[0]))
    many = (
        _PLACE.sub(rb'r="\g<1>%d"' % (start + at), row)
        for at, row in enumerate(row for _ in range(times) for row in body)
    )
    return sheet[:first] + b"".join(many) + sheet[last:]


def _number(row: bytes) -> bytes:
    found = re.search(rb'\br="(\d+)"', row)
    return found[1] if found else b"1"


def _ods(content: bytes, times: int) -> bytes:
    def again(sheet: bytes) -> bytes:
        body = _ODS_ROW.findall(sheet)[1:]
        whole = b"".join(body)
        return sheet.replace(whole, whole * times)

    return _with_sheet(content, "content.xml", again)


def _with_sheet(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            whole = old.read(entry)
            new.writestr(entry, change(whole) if entry.filename == part else whole)
    return made.getvalue()


def _workbook(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet of texts, in the fewest parts that a reader asks for."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = _SHEET_HEAD + b"".join(map(_sheet_row, rows)) + b"</sheetData></worksheet>"
    parts: Mapping[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_KIND}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return made.getvalue()


def _sheet_row(cells: list[object]) -> bytes:
    filled = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f"<row>{filled}</row>".encode()


_WAYS: Mapping[str, Callable[[bytes, int], bytes]] = {
    ".csv": _csv,
    ".jsonl": _lines,
    ".json": _json,
    ".mbox": _mbox,
    ".xlsx": _xlsx,
    ".ods": _ods,
}
ENDINGS = tuple(_WAYS)
