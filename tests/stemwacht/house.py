"""A house to test in: a folder of its own, the command line as a person has it, and small consultations."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from csv import DictReader
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from alerts import Alert, is_current
from stemwacht import wiring
from stemwacht.alerting import standing_alerts
from stemwacht.cli import main
from stemwacht.collections import stored_finding
from stemwacht.config import load
from stemwacht.demo import Campaigns, Letter, consultation, write_csv
from store import Store

ROOT = Path(__file__).parents[2]
COMMAND = "from stemwacht.cli import main; main()"


class Ran(msgspec.Struct, frozen=True):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The last line on standard error, which every error is."""
        assert "Traceback" not in self.err
        return self.err.strip().splitlines()[-1]


class House:
    """A working folder in which commands run, here or in a process of their own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = {
            "STEMWACHT_PATHS__KEY_FILE": str(folder / "key" / "pseudonym.key"),
            "STEMWACHT_EMBEDDER__NAME": "none",
            "STEMWACHT_FAMILIES__WINDOW_DAYS": "40000",
            **environment,
        }

    def run(self, *words: str | Path, **environment: str) -> Ran:
        """`stemwacht WORDS...`"""
        out, err = io.StringIO(), io.StringIO()
        before, code = Path.cwd(), 0
        os.chdir(self.folder)
        try:
            with (
                patch.dict(os.environ, {**self.environment, **environment}),
                patch.object(sys, "argv", ["stemwacht", *map(str, words)]),
                redirect_stdout(out),
                redirect_stderr(err),
            ):
                main()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
        finally:
            os.chdir(before)
        return Ran(code, out.getvalue(), err.getvalue())

    def well(self, *words: str | Path) -> Ran:
        """A command that has to end well."""
        ran = self.run(*words)
        assert ran.code == 0, ran.err
        return ran

    def start(self, *words: str | Path) -> "subprocess.Popen[bytes]":
        """The same in a process of its own, which can be killed."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("STEMWACHT_")}
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *map(str, words)],
            cwd=self.folder,
            env={**inherited, **self.environment, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )


@cache
def letters(seed: int, organic: int, *kinds_and_sizes: tuple[str, int]) -> tuple[Letter, ...]:
    """A Dutch consultation with one campaign for each kind and size."""
    planted = [Campaigns(kind, (size,)) for kind, size in kinds_and_sizes]  # type: ignore[arg-type]  # kinds by name
    return tuple(consultation(seed, organic, planted, language="nl"))


def letters_file(path: Path, written: Iterable[Letter]) -> Path:
    """The letters as CSV."""
    write_csv(path, written)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a families.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def families(out: Path) -> Mapping[str, frozenset[str]]:
    """The families of a run: id and the native ids of its members."""
    members: dict[str, set[str]] = {}
    for row in rows(out / "families.csv"):
        if row["family_id"]:
            members.setdefault(row["family_id"], set()).add(row["native_id"])
    return {family: frozenset(held) for family, held in members.items()}


def alerts(out: Path) -> Sequence[Mapping[str, Any]]:
    """The alerts of a run."""
    told = json.loads((out / "alerts.json").read_bytes())
    found: Sequence[Mapping[str, Any]] = told["alerts"] if isinstance(told, dict) else told
    return found


class Kept(msgspec.Struct, frozen=True):
    """What a store holds: families by id with their message ids, and alerts by id."""

    families: Mapping[str, frozenset[str]]
    alerts: Mapping[str, Alert]
    messages: int

    @property
    def current(self) -> Mapping[str, tuple[str, int]]:
        """The alerts that stand: by id the family and its messages."""
        return {name: (alert.finding_id, alert.messages) for name, alert in self.alerts.items() if is_current(alert)}


def kept(store: Store) -> Kept:
    """What the store holds now."""
    found = [stored_finding(document) for document in store.find("families")]
    return Kept(
        families={family.id: frozenset(member.message_id for member in family.members) for family in found},
        alerts={alert.id: alert for alert in standing_alerts(store)},
        messages=store.count("messages"),
    )


def kept_in(house: House) -> Kept:
    """What the house's own store holds."""
    settings = load(None, house.environment)
    folder = house.folder / settings.paths.store
    paths = msgspec.structs.replace(settings.paths, store=folder)
    store = wiring.open_store(msgspec.structs.replace(settings, paths=paths))
    try:
        return kept(store)
    finally:
        store.close()
