"""The base install has no client of Kafka."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_without_the_client_the_import_says_what_to_install() -> None:
    said = told("import sys; sys.modules['kafka'] = None; import ingest.log.kafka")
    assert said.splitlines()[-1].endswith("its client is not installed: pip install 'stemwacht[kafka]'")


def test_the_embedded_log_does_not_load_it() -> None:
    assert told("import sys, ingest.log; print('kafka' in sys.modules)").strip() == "False"
