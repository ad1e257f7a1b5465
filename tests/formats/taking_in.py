"""From a sample to its messages, untold."""

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import zstandard

from ingest import Bundle, Intake, Message, Place, Pseudonyms, Understanding, understand

SAMPLES = Path(__file__).parent / "samples"
PSEUDONYMS = Pseudonyms(b"k" * 32)
NOW = datetime(2026, 11, 25, tzinfo=UTC)


class Taken:
    """What came of a place."""

    def __init__(self, place: Place, folder: Path, wanted: str | None = None) -> None:
        self.understanding: Understanding = understand(place, wanted=wanted)
        intake = Intake(Pseudonyms(b"k" * 32), folder / "rejects.jsonl", now=NOW)
        self.messages: list[Message] = [m for batch in intake.read(self.understanding) for m in batch]
        intake.close()
        self.coverage = intake.coverage()[0]
        self.notes = {note.name: note.count for note in intake.notes()}
        told = [msgspec.json.decode(line) for line in (folder / "rejects.jsonl").read_bytes().splitlines()]
        self.rejects = [line for line in told if not line.get("kept")]
        self.unread = [line for line in told if line.get("kept")]
        self.by_id = {message.native_id: message for message in self.messages}
        set_aside = sum(count for _, count in self.coverage.not_messages)
        account = self.coverage
        assert account.read == account.kept + account.rejected + account.duplicate + set_aside
        assert account.kept == len(self.messages) == len({message.id for message in self.messages})
        assert account.rejected == len(self.rejects)

    @property
    def format(self) -> str:
        return self.understanding.format

    @property
    def times(self) -> list[str | None]:
        """The times in UTC, in order, with as much of them as is known."""
        lengths = {"second": 19, "minute": 16, "day": 10}
        return [
            message.published.isoformat()[: lengths[message.published_precision]] if message.published else None
            for message in self.messages
        ]

    def in_clear(self, names: Iterable[str]) -> set[str]:
        """Which of the names stand anywhere in the messages."""
        whole = msgspec.json.encode(self.messages).decode().casefold()
        return {name for name in names if name.casefold() in whole}


def sample(name: str, folder: Path) -> Taken:
    return Taken(SAMPLES / name, folder)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def same_when_packed(name: str, folder: Path) -> None:
    """The sample compressed gives the same messages, under whatever name."""
    content = (SAMPLES / name).read_bytes()
    expected = sample(name, folder)
    packings = {"one.gz": gzip.compress(content), "two.zst": zstandard.compress(content), "three": content}
    for packed, data in packings.items():
        taken = Taken(written(folder, packed, data), folder)
        assert taken.format == expected.format
        assert [(m.native_id, m.text, m.author) for m in taken.messages] == [
            (m.native_id, m.text, m.author) for m in expected.messages
        ]


def folder_of(*paths: Path) -> Bundle:
    return Bundle("letters", tuple(sorted(paths)))


def pseudonym(name: str) -> str:
    return PSEUDONYMS.of(name)
