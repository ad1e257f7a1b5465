"""The house: what a room gives to the others stands in its front, and files stay small enough to read."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("store", "ingest", "analysis", "alerts", "es_mappings", "stemwacht")
FRONTS = {
    "store",
    "store.elasticsearch",
    "ingest",
    "ingest.log",
    "ingest.log.kafka",
    "ingest.sources",
    "analysis",
    "analysis.detectors",
    "alerts",
    "alerts.report",
    "alerts.feed",
    "alerts.export",
    "es_mappings",
}
# What a base install lacks is imported where it is used.
OPTIONAL = {"stemwacht.on_kafka", "store.elasticsearch.client"}
# What takes seconds to load, and brings hundreds of megabytes, is loaded by the commands and processes that need it.
SLOW = {"spacy", "hdbscan"}
MOST_LINES = 220


def modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_rooms_are_entered_through_their_fronts() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        for name in imported(path)
        if name.split(".")[0] in ROOMS and name.split(".")[0] != path.relative_to(ROOT).parts[0] and name not in FRONTS
    ]
    assert not wrong


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.ImportFrom) and node.module in OPTIONAL)
        and not (isinstance(node, ast.Import) and {name.name for name in node.names} <= SLOW)
    ]
    assert not hidden


def test_every_file_can_be_read_at_a_sitting() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in modules()
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long


def test_an_annotating_process_loads_nothing_slow() -> None:
    told = "import sys, stemwacht.annotating; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {*SLOW, "torch", "sklearn", "scipy.stats"} & {*ran.stdout.split()}
