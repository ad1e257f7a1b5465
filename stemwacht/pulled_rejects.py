"""What sources brought that could not be read: a file beside the log for each, bounded in size."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from ingest import Reject

_LARGEST_BYTES = 8 << 20
_encoder = msgspec.json.Encoder()


def keep_rejects(log: Path, source: str, rejects: Sequence[Reject]) -> None:
    """Add a line for each to `rejects-SOURCE.jsonl`; a file that has become large makes room and is kept as `.1`."""
    if not rejects:
        return
    path = log.parent / f"rejects-{source}.jsonl"
    if path.exists() and path.stat().st_size > _LARGEST_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    with path.open("ab") as file:
        file.write(_encoder.encode_lines(rejects))
