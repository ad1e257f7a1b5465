"""Which encoding a file is in, by what its bytes show, and that it is said."""

import codecs
from pathlib import Path

import pytest

from ingest import understand
from tests.ingest.files import taken_in

ROMANIAN = ["Şi ţara noastră îşi doreşte linişte şi pace", "Vântul şi morile, fără oraş, nu ţin de noi"]
WESTERN = ["Le maïs très cher à l’été – élève", "Für die Grüße, naïef en één geënquêteerde"]


def file(folder: Path, content: bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("texts", "encoding", "mark", "said"),
    [
        (WESTERN, "utf-8", b"", "UTF-8"),
        (WESTERN, "utf-8", codecs.BOM_UTF8, "UTF-8 by its byte order mark"),
        (WESTERN, "utf-16-le", codecs.BOM_UTF16_LE, "UTF-16-LE by its byte order mark"),
        (WESTERN, "utf-16-be", b"", "UTF-16-BE, as its zero bytes show"),
        (WESTERN, "cp1252", b"", "CP1252, as its letters are no UTF-8"),
        (ROMANIAN, "cp1250", b"", "CP1250, as its Romanian letters show"),
        (ROMANIAN, "iso-8859-2", b"", "CP1250, as its Romanian letters show"),
    ],
)
def test_by_evidence(tmp_path: Path, texts: list[str], encoding: str, mark: bytes, said: str) -> None:
    lines = "".join(f"{at};{text}\n" for at, text in enumerate(texts))
    path = file(tmp_path, mark + f"id;text\n{lines}".encode(encoding))
    assert understand(path).detail == f"semicolon delimiter, {said}"
    assert taken_in(path).texts == texts


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    first, second = (text.encode(name) for text, name in zip(WESTERN, ("cp1252", "utf-8"), strict=True))
    assert taken_in(file(tmp_path, b"id;text\n1;" + first + b"\n2;" + second + b"\n3;" + first)).texts == [
        WESTERN[0], WESTERN[1], WESTERN[0],
    ]  # fmt: skip


def test_bytes_that_no_encoding_explains_are_rejected(tmp_path: Path) -> None:
    good = "".join(f"{at};één goed bericht {at}\n" for at in range(9)).encode("cp1252")
    taken = taken_in(file(tmp_path, b"id;text\n" + good + b"99;kapot \x81\x9d\n"))
    assert len(taken.texts) == 9
    assert [reject["row"] for reject in taken.rejects] == [11]
    assert "bytes" in taken.rejects[0]["reason"]


def test_zero_bytes_in_a_text_are_left_out(tmp_path: Path) -> None:
    assert "\x00" not in taken_in(file(tmp_path, b"id,text\n1,Een \x00bericht\n2,Nog een bericht\n")).texts[0]
