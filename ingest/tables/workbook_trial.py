"""A workbook is opened once in a process of its own before it is opened in ours.

What a workbook says of its size can lie in more ways than can be told beforehand, and a reader that runs out of memory
ends the process that it runs in. The trial has bounds on memory and time; what does not open within them is refused.
It runs this file by itself: importing the whole room for it would take ten times as long as opening a usual workbook.
"""

import io
import os
import resource
import subprocess
import sys
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from python_calamine import CalamineWorkbook

Outcome = Literal["opens", "too large", "too slow", "broken"]

_MEMORY_BYTES = 4 << 30
_LEAST_SECONDS, _SECONDS_PER_MB, _MOST_SECONDS = 10.0, 5.0, 240.0
_PROGRAM = (sys.executable, "-P", str(Path(__file__)))
_BROKEN = 3


def tried(content: bytes) -> Outcome:
    """Whether the workbook opens within 4 GB, ten seconds and five more for each MB; asked once for a content."""
    return _tried(_Content(content))


class _Content:
    """Bytes that are told apart by their digest, so that no cache holds on to them."""

    def __init__(self, content: bytes) -> None:
        self.content: bytes | None = content
        self._digest = blake2b(content, digest_size=16).digest()

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self._digest == other._digest


@lru_cache(maxsize=64)
def _tried(held: _Content) -> Outcome:
    content, held.content = held.content, None
    seconds = min(_MOST_SECONDS, _LEAST_SECONDS + _SECONDS_PER_MB * len(content or b"") / (1 << 20))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        ran = subprocess.run(  # noqa: S603 - our own code, started with the interpreter that runs us
            _PROGRAM,
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "too slow"
    if ran.returncode == 0:
        return "opens"
    return "broken" if ran.returncode == _BROKEN else "too large"


def trial() -> None:
    """What the process of its own does: lay out every sheet of the workbook on standard input."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = _MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(_MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name)
    except MemoryError:
        sys.exit(_BROKEN + 1)
    except BaseException:
        sys.exit(_BROKEN)


if __name__ == "__main__":
    trial()
