"""How fast records come out of each format, beside the standard library and polars reading the same bytes."""

import csv
import io
import json
import mailbox
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import polars
from python_calamine import CalamineWorkbook

from bench.larger_samples import ENDINGS, larger, unknown_tables
from bench.section import Figure, Options, Section
from ingest import IngestError, formats, understand

SAMPLES = Path(__file__).parents[1] / "tests" / "formats" / "samples"
RECORDS, QUICK_RECORDS = 50_000, 5_000
MOST_TIMES_SLOWER = 5.0
_LEAST_SECONDS = 1e-6
_HEAD = ("format", "file", "records", "records a second", "of the library", "times slower", "of polars")


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds for all records of one file: ours, of the standard library (calamine for workbooks) and of polars."""

    format: str
    file: str
    records: int
    ours: float
    library: float
    polars: float | None

    @property
    def times_slower(self) -> float:
        """How many times as long as the library we take."""
        return self.ours / self.library


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Every sample made large, and tables of no known system; building messages is left out. `data` is not needed."""
    count = QUICK_RECORDS if options.quick else RECORDS
    speeds = [speed(path) for path in large_files(options.work / "formats", count)]
    worst = max(speeds, key=lambda one: one.times_slower)
    yield Section(
        title=f"Reading formats, some {count:,} records each",
        figures=(
            Figure(
                what=f"times slower than the library, the slowest ({worst.format})",
                value=f"{worst.times_slower:.1f}",
                bar=f"<= {MOST_TIMES_SLOWER:g}",
                met=worst.times_slower <= MOST_TIMES_SLOWER,
            ),
        ),
        head=_HEAD,
        rows=tuple(_row(one) for one in speeds),
        notes=(
            "The library parses the same bytes and understands nothing: csv.DictReader, json.loads, mailbox, "
            "calamine for workbooks. Polars reads into columns, on all cores; a dash stands where it "
            "refuses the file. Letters in a folder and saved pages are read file by file and are not in this table.",
        ),
    )


def large_files(folder: Path, count: int) -> Iterator[Path]:
    """Files of about so many records, one per sample that can be made larger."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in unknown_tables(count):
        yield _written(folder / name, content)
    for sample in sorted(SAMPLES.iterdir()):
        if sample.suffix in ENDINGS and (times := _times(sample, count)):
            yield _written(folder / sample.name, larger(sample.read_bytes(), sample.suffix, times))


def _times(sample: Path, count: int) -> int:
    """How often the records of a sample go into `count`; 0 for a sample that is there to be refused."""
    try:
        name = understand(sample).format
    except IngestError:
        return 0
    records = sum(1 for _ in formats()[name].read(sample).rows)
    return -(-count // records)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def speed(path: Path) -> Speed:
    """The seconds that one file takes, each way of reading it once after a first look."""
    name = understand(path).format
    began = time.perf_counter()
    records = sum(1 for _ in formats()[name].read(path).rows)
    ours = time.perf_counter() - began
    return Speed(
        format=name,
        file=path.name,
        records=records,
        ours=ours,
        library=_seconds(_LIBRARY[path.suffix], path) or _LEAST_SECONDS,
        polars=_seconds(_POLARS[path.suffix], path) if path.suffix in _POLARS else None,
    )


def _seconds(read: Callable[[Path], object], path: Path) -> float | None:
    began = time.perf_counter()
    try:
        read(path)
    except polars.exceptions.PolarsError:
        return None
    return time.perf_counter() - began


def _row(one: Speed) -> tuple[str, ...]:
    return (
        one.format,
        one.file,
        f"{one.records:,}",
        f"{one.records / one.ours:,.0f}",
        f"{one.records / one.library:,.0f}",
        f"{one.times_slower:.1f}",
        "–" if one.polars is None else f"{one.records / one.polars:,.0f}",
    )


def _delimiter(path: Path) -> str:
    with path.open("rb") as file:
        head = file.readline().decode("utf-8", "replace")
    return max(",;\t", key=head.count)


def _csv(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.DictReader(file, delimiter=_delimiter(path)))


def _json_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for line in file if json.loads(line))


def _json(path: Path) -> object:
    return json.loads(path.read_bytes())


def _mbox(path: Path) -> int:
    letters = mailbox.mbox(path, create=False)
    return sum(bool(part.get_payload(decode=True)) for letter in letters for part in letter.walk())


def _workbook(path: Path) -> int:
    with CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as book:
        return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def _polars_csv(path: Path) -> object:
    return polars.read_csv(path, separator=_delimiter(path), infer_schema=False, truncate_ragged_lines=True)


_LIBRARY: dict[str, Callable[[Path], object]] = {
    ".csv": _csv,
    ".jsonl": _json_lines,
    ".json": _json,
    ".mbox": _mbox,
    ".xlsx": _workbook,
    ".ods": _workbook,
}
_POLARS: dict[str, Callable[[Path], object]] = {
    ".csv": _polars_csv,
    ".jsonl": polars.read_ndjson,
    ".json": polars.read_json,
}
