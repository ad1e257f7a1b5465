"""Each sample, found as a person names it, is read untold to the messages in its table, however it is packed.

A table has a line for each message: its id in the export, time in UTC with as much of it as is known, author (all are
invented), channel, weight, kind and the start of its text. `-` stands for none, `row:5` where the export has no id.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from ingest import Message, ReadError, expand
from ingest.identity import message_id
from tests.formats.taking_in import SAMPLES, Taken, pseudonym

TABLES = Path(__file__).parent / "tables"
COLUMNS = ["id", "time", "author", "channel", "weight", "kind", "text"]
REFUSED = {  # the list of comments has no texts; the ids of the table were rounded
    "02_regulations_gov_v4_list.json": "holds no texts; fetch each comment by its `self` link",
    "11_coortweet_r_numeric_ids.csv": "export again and keep the ids as text",
}
READ = sorted(path.name for path in SAMPLES.iterdir() if path.name not in REFUSED)
TEXT_CHARS = 40
Line = list[str]


def table(name: str) -> list[Line]:
    head, *lines = (line.split("\t") for line in (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines())
    assert head == COLUMNS
    return lines


def identity(message: Message, native: str) -> str:
    """The id that a message should have, or the row where it has none of its own."""
    return native if native.startswith("row:") else message_id(message.source, native)


def as_line(message: Message, time: str | None, expected: Line) -> Line:
    """The message in the words of a table; ids and authors in clear where they are those that are expected."""
    shown = message.native_id if expected[0].startswith("row:") else message.id
    native = expected[0] if shown == identity(message, expected[0]) else shown
    author = expected[2] if message.author == (None if expected[2] == "-" else pseudonym(expected[2])) else "another"
    text = " ".join(message.text.split())[:TEXT_CHARS].strip()
    return [native, time or "-", author, message.channel or "-", str(message.weight), message.kind, text or "-"]


def read(place: Path, folder: Path) -> Taken:
    (found,) = expand([place]).found
    return Taken(found.place, folder)


@pytest.mark.parametrize("name", READ)
def test_a_sample_is_read_untold_to_the_messages_in_its_table(name: str, tmp_path: Path) -> None:
    taken, expected = read(SAMPLES / name, tmp_path), table(name)
    assert taken.coverage.kept == len(expected)
    found = [
        as_line(message, time, line) for message, time, line in zip(taken.messages, taken.times, expected, strict=True)
    ]
    assert found == expected


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_what_to_do(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=REFUSED[name]):
        read(SAMPLES / name, tmp_path)


def test_there_is_a_table_for_every_sample() -> None:
    assert sorted(path.name.removesuffix(".tsv") for path in TABLES.iterdir()) == READ


def zipped(sample: Path, folder: Path) -> Path:
    made = folder / "download (2).zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(sample.rglob("*.html")) if sample.is_dir() else [sample]:
            archive.write(path, path.relative_to(sample.parent))
    return made


def zstandard_of_a_long_window(sample: Path, folder: Path) -> Path:
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    made = folder / f"{sample.name}.zst"
    made.write_bytes(zstandard.ZstdCompressor(compression_params=parameters).compress(sample.read_bytes()))
    return made


def in_a_folder(sample: Path, folder: Path) -> Path:
    made = folder / "in"
    made.mkdir()
    (made / "export without an ending").write_bytes(sample.read_bytes())
    return made


@pytest.mark.parametrize("pack", [zipped, zstandard_of_a_long_window, in_a_folder])
@pytest.mark.parametrize("name", READ)
def test_packing_and_names_make_no_difference(name: str, pack: Callable[[Path, Path], Path], tmp_path: Path) -> None:
    sample = SAMPLES / name
    if sample.is_dir() and pack is not zipped:
        pytest.skip("a folder of pages")
    packed, plain = read(pack(sample, tmp_path), tmp_path), read(sample, tmp_path)
    assert packed.format == plain.format
    assert [(m.native_id, m.text, m.author) for m in packed.messages] == [
        (m.native_id, m.text, m.author) for m in plain.messages
    ]
