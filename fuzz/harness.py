"""One reader under libFuzzer: `python -m fuzz.harness NAME RECORDS TALLY [libFuzzer's words]`, in its own process.

It ends well once RECORDS records have come out of the reader, or after half an hour with those that came until then.
Whatever is raised beside `IngestError` ends it badly, and libFuzzer keeps the input.
"""

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest"]):
    from ingest import IngestError, Intake, Place, Pseudonyms, expand, formats, understand

    FORMATS = formats()
from fuzz.mutating import mutated
from ingest.formats import opening

LONGEST_SECONDS = 1800
_KEY = Pseudonyms(b"k" * 32)
_MEMORY = Path("/dev/shm")  # noqa: S108 - only a faster place, where there is one


class Reader:
    """Has each input read to the end by one format, or by whatever looks into a folder, and counts the records."""

    def __init__(self, name: str, wanted: int, tally: Path) -> None:
        self._name, self._wanted, self._tally = name, wanted, tally
        self._folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
        self._inputs = self._records = 0
        self._began = time.monotonic()

    def one(self, data: bytes) -> None:
        """What libFuzzer calls."""
        self._inputs += 1
        with contextlib.suppress(IngestError):
            if self._name == "expanding":
                self._expand(data)
            else:
                self._read(data)
        seconds = time.monotonic() - self._began
        if self._records >= self._wanted or seconds >= LONGEST_SECONDS:
            told = {"inputs": self._inputs, "records": self._records, "seconds": seconds}
            self._tally.write_text(json.dumps(told), encoding="utf-8")
            shutil.rmtree(self._folder, ignore_errors=True)
            os._exit(0)

    def _read(self, data: bytes) -> None:
        path = self._folder / "input"
        path.write_bytes(data)
        file = opening(path)
        for module in FORMATS.values():
            if not 0 <= module.recognise(file) <= 1:
                raise AssertionError(f"{module} is surer than sure")
        for _ in FORMATS[self._name].read(path).rows:
            self._records += 1
        self._take_in(path, self._name)

    def _expand(self, data: bytes) -> None:
        folder = self._folder / "in"
        folder.mkdir(exist_ok=True)
        (folder / "input.zip").write_bytes(data)
        found = expand([folder])
        self._records += len(found.unopened)
        for one in found.found:
            self._take_in(one.place, None)
            self._records += 1

    def _take_in(self, place: Place, wanted: str | None) -> None:
        with contextlib.suppress(IngestError):
            intake = Intake(_KEY, self._folder / "rejects.jsonl")
            for _ in intake.read(understand(place, wanted=wanted)):
                continue
            intake.close()
            for told in intake.coverage():
                set_aside = sum(count for _, count in told.not_messages)
                if told.read != told.kept + told.rejected + told.duplicate + set_aside:
                    raise AssertionError("records got lost")


def main() -> None:
    """Fuzz until enough records were read."""
    name, wanted, tally, *words = sys.argv[1:]
    reader = Reader(name, int(wanted), Path(tally))
    atheris.Setup([sys.argv[0], *words], reader.one, custom_mutator=_mutated)
    atheris.Fuzz()


def _mutated(data: bytes, max_size: int, seed: int) -> bytes:
    return mutated(data, max_size, seed, atheris.Mutate)


if __name__ == "__main__":
    main()
