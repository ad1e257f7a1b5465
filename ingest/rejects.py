"""What could not be read: the place, the reason and the fix, never the content."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from ingest.errors import IngestError
from ingest.rows import BadRow


class Reject(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of `rejects.jsonl`: the file by its name, the row as people count it there.

    `kept` is there, and true, where only a part of the record could not be read, such as its scanned pages.
    """

    file: str
    row: int
    reason: str
    fix: str
    kept: bool = False


class Rejects:
    """Writes the file of rejects; it starts empty, so that a run started again ends with the same file.

    Raises `IngestError` when the file cannot be made, and an `OSError` that names it when the disk is full.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb")
            self._name = path.name
        except OSError as error:
            raise IngestError(f"cannot write {path.name}: {error.strerror}; choose a folder you may write in") from None
        self._encoder = msgspec.json.Encoder()

    def add(self, file: str, bad: BadRow, *, kept: bool = False) -> None:
        """Note one record that cannot be read, or a part of one that is `kept`."""
        with self._named():
            self._file.write(self._encoder.encode(Reject(file, bad.number, bad.reason, bad.fix, kept)) + b"\n")

    def flush(self) -> None:
        """Bring what was noted to the file."""
        with self._named():
            self._file.flush()

    def close(self) -> None:
        """Finish the file."""
        with self._named():
            self._file.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        """A system's error while it writes does not tell of which file it is."""
        try:
            yield
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._name) from None
