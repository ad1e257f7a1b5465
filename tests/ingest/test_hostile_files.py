"""Whatever bytes a file holds: messages, rejects or an error with its fix, never a traceback."""

import contextlib
import gzip
import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import IngestError
from tests.ingest.files import ods, taken_in, xlsx

CSV = b'id,author,text\n1,jan,"Geen windmolens, nooit"\n2,piet,Wel windmolens\n3,an,"Ik ""twijfel""\nnog"\n'
RECORDS = [{"id": at, "user": {"name": "j"}, "text": f"Bericht {at}", "tags": [{"name": "x"}]} for at in range(3)]
JSONL = b"".join(json.dumps(record).encode() + b"\n" for record in RECORDS)
JSON = json.dumps(RECORDS).encode()
ROWS: list[list[str | float]] = [["id", "tekst"], [1.0, "Een bericht"], [2.0, "Nog een bericht"]]
SEEDS = {
    "a.csv": CSV,
    "b.csv.gz": gzip.compress(CSV),
    "c.csv.zst": zstandard.ZstdCompressor().compress(CSV),
    "d.jsonl": JSONL,
    "e.json": JSON,
    "f.xlsx": xlsx(ROWS),
    "g.ods": ods(ROWS),
    "h.csv": CSV.decode().encode("utf-16"),
}
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_or_refuse(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with contextlib.suppress(IngestError):
        taken_in(path)


@FUZZ
@given(content=st.binary(max_size=400), name=st.sampled_from(sorted(SEEDS)))
def test_random_bytes(tmp_path: Path, content: bytes, name: str) -> None:
    read_or_refuse(tmp_path / name, content)


@pytest.mark.parametrize("name", sorted(SEEDS))
@FUZZ
@given(data=st.data())
def test_damaged_files(tmp_path: Path, name: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    read_or_refuse(tmp_path / name, bytes(content[: data.draw(st.integers(1, len(content)))]) if content else b"")


def test_nesting_without_end(tmp_path: Path) -> None:
    read_or_refuse(tmp_path / "a.json", b"[" * 100_000)
    read_or_refuse(tmp_path / "a.jsonl", b'{"a":' * 100_000 + b"\n" + JSONL)
