"""What could not be read: the place, the reason and the fix, never the content."""

from pathlib import Path

import msgspec

from ingest.errors import IngestError
from ingest.rows import BadRow


class Reject(msgspec.Struct, frozen=True):
    """One line of `rejects.jsonl`: the file by its name, the row as people count it there."""

    file: str
    row: int
    reason: str
    fix: str


class Rejects:
    """Writes the file of rejects; it starts empty, so that a run started again ends with the same file.

    Raises `IngestError` when the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb")
        except OSError as error:
            raise IngestError(f"cannot write {path.name}: {error.strerror}; choose a folder you may write in") from None
        self._encoder = msgspec.json.Encoder()

    def add(self, file: str, bad: BadRow) -> None:
        """Note one record that cannot be read."""
        self._file.write(self._encoder.encode(Reject(file, bad.number, bad.reason, bad.fix)) + b"\n")

    def flush(self) -> None:
        """Bring what was noted to the file."""
        self._file.flush()

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
