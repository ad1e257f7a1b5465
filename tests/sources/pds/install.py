"""Installs a personal data server and a PLC directory from the npm registry, once for a machine."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tests.engines.downloads import once
from tests.engines.missing import EngineMissingError

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "server.mjs")
LONGEST_SECONDS = 900  # one of its packages is compiled here
LEAST_NODE = 20


def pds_home() -> Path:
    """A folder with server.mjs and all that it needs."""
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:12]
    return once(f"pds-{digest}", _install)


def node() -> str:
    """Node, if there is one that is new enough."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        raise EngineMissingError(f"a personal data server needs Node {LEAST_NODE} or newer with npm: install it")
    asked = [found, "--version"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout
    if int(told.lstrip("v").partition(".")[0]) < LEAST_NODE:
        raise EngineMissingError(f"a personal data server needs Node {LEAST_NODE} or newer; here is {told.strip()}")
    return found


def _install(folder: Path) -> None:
    node()
    for name in FILES:
        shutil.copy(HERE / name, folder)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
        cwd=folder,
        env={**os.environ, "NODE_ENV": "production"},
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[:20])
        raise EngineMissingError(f"npm could not install the server; is the network there? It says:\n{said}")
