"""Elasticsearch refuses to run as root. Where we are root, as in a container, it runs as a user without account."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.engines.missing import EngineMissingError

USER = 12345


def needed() -> bool:
    return os.geteuid() == 0


def as_whom() -> list[str]:
    """What stands before a command so that it does not run as root and dies with us: nothing where we are not root."""
    if not needed():
        return []
    if shutil.which("setpriv") is None:
        raise EngineMissingError(
            "Elasticsearch does not run as root: install `setpriv` (util-linux) or use another user"
        )
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--pdeathsig=KILL", "--"]


def give(folder: Path) -> None:
    """Makes that user the owner of a folder and all in it."""
    if needed():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, USER, USER, follow_symlinks=False)


def can_read(path: Path) -> bool:
    """True when that user can enter all folders above the path and read it."""
    return not needed() or (all(_others_may(parent, 1) for parent in _above(path)) and _others_may(path, 4))


def _above(path: Path) -> Iterator[Path]:
    yield from path.resolve().parents


def _others_may(path: Path, bit: int) -> bool:
    return bool(path.stat().st_mode & bit)
