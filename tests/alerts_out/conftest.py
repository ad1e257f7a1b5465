"""veraPDF, the reference validator, fetched once by Maven and compiled into the cache of the checkout."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "verapdf"
CACHE = Path(__file__).parents[2] / ".cache" / "verapdf"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


@pytest.fixture(scope="session")
def verapdf() -> Callable[..., str]:
    """A function that returns "" when all files are PDF/UA-1, else what veraPDF says against them."""
    missing = [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"veraPDF needs {', '.join(missing)}: install Java 17 and Maven")
    if not (CACHE / "Validate.class").exists():
        _build()

    def validate(*files: Path) -> str:
        done = _run(
            "java", "-Xmx256m", "-cp", f"{CACHE}{os.pathsep}{CACHE / 'lib' / '*'}", "Validate", *map(str, files)
        )
        return "" if done.returncode == 0 else done.stdout + done.stderr

    return validate


def _build() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    library = CACHE / "lib"
    fetched = _run("mvn", "-q", "-B", "-f", str(SOURCE / "pom.xml"), COPY, f"-DoutputDirectory={library}")
    assert fetched.returncode == 0, fetched.stdout + fetched.stderr
    compiled = _run("javac", "-cp", str(library / "*"), "-d", str(CACHE), str(SOURCE / "Validate.java"))
    assert compiled.returncode == 0, compiled.stderr


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
