"""Finds a Java that is new enough: in JAVA_HOME, on PATH, in the usual folders."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.engines.missing import EngineMissingError

USUAL = (Path("/usr/lib/jvm"), Path("/opt/java"), Path("/Library/Java/JavaVirtualMachines"))


def jdk(at_least: int, why: str) -> Path:
    """The home of the oldest JDK that is new enough; EngineMissingError says what to install."""
    found = installed()
    fitting = sorted((version, home) for home, version in found.items() if version >= at_least)
    if fitting:
        return fitting[0][1]
    seen = ", ".join(f"Java {version} in {home}" for home, version in found.items()) or "no JDK at all"
    raise EngineMissingError(
        f"{why} needs a JDK of version {at_least} or newer; there is {seen}. Install one, as by "
        f"`apt-get install openjdk-{at_least}-jdk-headless` or from https://adoptium.net, or set JAVA_HOME to it"
    )


@cache
def installed() -> dict[Path, int]:
    """Home and major version of every JDK found; a folder without java and javac is none."""
    versions = {home: _version(home) for home in dict.fromkeys(_homes())}
    return {home: version for home, version in versions.items() if version is not None}


def _homes() -> Iterator[Path]:
    for name in ("JAVA_HOME", "ES_JAVA_HOME"):
        if value := os.environ.get(name):
            yield Path(value).resolve()
    for program in ("java", "javac"):
        if path := shutil.which(program):
            yield Path(path).resolve().parents[1]
    for folder in USUAL:
        for home in sorted(folder.glob("*")):
            yield from (h.resolve() for h in (home, home / "Contents" / "Home") if (h / "bin" / "java").exists())


def _version(home: Path) -> int | None:
    if not (home / "bin" / "javac").exists():
        return None
    try:
        said = subprocess.run(
            [home / "bin" / "java", "-version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r'version "(?:1\.)?(\d+)', said.stderr)
    return int(version[1]) if version else None
