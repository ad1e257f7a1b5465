"""The files that reading is timed on hold what the samples hold, so many times over."""

from pathlib import Path

import pytest

from bench.larger_samples import ENDINGS, larger, unknown_tables
from bench.speed_formats import SAMPLES, speed
from ingest import IngestError, formats, understand

NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in ENDINGS)


def records(path: Path) -> tuple[str, int]:
    name = understand(path).format
    return name, sum(1 for _ in formats()[name].read(path).rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_made_larger_is_read_as_before(tmp_path: Path, name: str) -> None:
    try:
        format_name, count = records(SAMPLES / name)
    except IngestError:
        pytest.skip("a sample that is there to be refused")
    path = tmp_path / name
    path.write_bytes(larger((SAMPLES / name).read_bytes(), path.suffix, 3))
    assert records(path) == (format_name, 3 * count)


def test_tables_of_no_known_system(tmp_path: Path) -> None:
    general = []
    for name, content in unknown_tables(40):
        path = tmp_path / name
        path.write_bytes(content)
        general.append(speed(path).format)
        assert understand(path).rows == 40
        assert set(understand(path).mapping) == {"text", "id", "author", "published"}
    assert sorted(general) == ["delimited", "json_document", "json_lines", "spreadsheet"]
