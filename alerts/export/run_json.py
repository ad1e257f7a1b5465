"""run.json: what was run on what, enough to run it again and get the same ids."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from alerts.export.replacing import replacing
from ingest import Coverage

SCHEMA = "stemwacht.run/1"


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was read: its name (never its folder), the SHA-256 of its bytes, and its size in bytes."""

    name: str
    sha256: str
    size_bytes: int


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """How long one stage took and how much went through it."""

    name: str
    seconds: float
    messages: int = 0


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Records: read = kept + rejected + duplicate."""

    read: int
    kept: int
    rejected: int
    duplicate: int
    not_messages: int


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run. The caller masks the secrets in `configuration`; `versions` are of all that decides results."""

    started_at: datetime
    versions: Mapping[str, str]
    configuration: Mapping[str, Any]
    inputs: tuple[Input, ...]
    coverage: tuple[Coverage, ...]
    stages: tuple[Stage, ...]
    results: Mapping[str, int]


def write(path: Path, run: Run) -> int:
    """Writes the run with its counts over all sources; returns the records read. OSError when it cannot be written."""
    counts = _counts(run.coverage)
    body = {"schema": SCHEMA, "counts": msgspec.to_builtins(counts), **msgspec.to_builtins(run)}
    body["stages"] = [stage | {"seconds": round(stage["seconds"], 3)} for stage in body["stages"]]
    with replacing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(body), indent=2))
    return counts.read


def _counts(coverage: Sequence[Coverage]) -> Counts:
    return Counts(
        read=sum(source.read for source in coverage),
        kept=sum(source.kept for source in coverage),
        rejected=sum(source.rejected for source in coverage),
        duplicate=sum(source.duplicate for source in coverage),
        not_messages=sum(number for source in coverage for _, number in source.not_messages),
    )
