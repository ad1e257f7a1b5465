"""What fuzzing starts from: for each format the samples that it reads, and small documents and folders."""

from collections.abc import Mapping
from pathlib import Path

from ingest import IngestError, expand, formats, understand
from tests.ingest import document_files

SAMPLES = Path(__file__).parents[1] / "tests" / "formats" / "samples"
MAX_BYTES = 1 << 16
PAGE = b"<!DOCTYPE html><html><body><main><h1>Kop</h1><p>Ik ben t&eacute;gen<br>echt</p></main></body></html>"
DOCUMENTS = (
    document_files.pdf("Geachte heer", ""),
    document_files.filled_form_pdf("Ik ben tegen"),
    document_files.docx("<w:p><w:r><w:t>Geachte heer</w:t></w:r></w:p>"),
    document_files.odt("<text:p>Geachte<text:s/>heer</text:p>"),
    rb"{\rtf1\ansi\ansicpg1252 Geachte heer,\par \'e9\'e9n}",
    PAGE,
    "Geachte heer, één".encode("utf-16"),
)
GENERAL: Mapping[str, tuple[bytes, ...]] = {
    "delimited": (b'id;text\n1;"a ""b"" c"\n2;d\n', b"a\tb\n1\tx y\n", "id,tekst\n1,één\n".encode("utf-16")),
    "documents": DOCUMENTS,
    "json_document": (b'{"data": [{"id": 1, "user": {"n": "x"}, "text": "y", "tags": ["a"]}]}',),
    "json_lines": (b'{"id": 1, "text": "a"}\n{"id": 2, "text": "b", "x": {"y": [1, 2]}}\n',),
}


def seeds() -> Mapping[str, tuple[bytes, ...]]:
    """The contents to start from, by format; every format has at least one."""
    found: dict[str, list[bytes]] = {name: list(GENERAL.get(name, ())) for name in formats()}
    for path in sorted(path for path in SAMPLES.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if len(content) <= MAX_BYTES:
            found[_read_by(path)].append(content)
    found["spreadsheet"] = found["spreadsheet"] or found["eusurvey"]
    return {name: tuple(contents) or DOCUMENTS for name, contents in found.items()}


def archives() -> tuple[bytes, ...]:
    """Zip files to start from, for what looks into them."""
    inner = document_files.zipped({"a.csv": b"id,text\n1,x\n", "b/c.txt": b"Geachte heer"})
    return (inner, document_files.zipped({"../a.csv": b"id,text\n1,x\n", "b.zip": inner, "c.pdf": DOCUMENTS[0]}))


def _read_by(path: Path) -> str:
    try:
        return understand(expand([path]).found[0].place).format
    except IngestError:
        return "json_document"
