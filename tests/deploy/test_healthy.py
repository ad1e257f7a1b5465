"""deploy/healthy.py against a real HTTP server."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.deploy.composition import ROOT

WELL = {"metadatabase": {"status": "healthy"}, "triggerer": {"status": "healthy"}}


@pytest.fixture
def answering() -> Iterator[Callable[[int, object], str]]:
    servers: list[HTTPServer] = []

    def start(status: int, body: object) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

            def log_message(self, *_: object) -> None:
                pass

        servers.append(HTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def healthy(*words: str) -> tuple[int, str]:
    command = [sys.executable, str(ROOT / "deploy" / "healthy.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stderr.strip()


def test_who_answers_is_well(answering: Callable[[int, object], str]) -> None:
    assert healthy(answering(200, b"")) == (0, "")
    assert healthy(answering(200, WELL), "metadatabase", "triggerer") == (0, "")


@pytest.mark.parametrize(
    ("status", "body", "parts", "why"),
    [
        (503, b"", [], "503"),
        (200, {**WELL, "triggerer": {"status": "unhealthy"}}, ["triggerer"], "triggerer is unhealthy"),
        (200, {**WELL, "triggerer": {"status": None}}, ["triggerer"], "triggerer is None"),
        (200, WELL, ["dag_processor"], "dag_processor is not told"),
        (200, b"<html>", ["triggerer"], "Expecting value"),
    ],
)
def test_who_is_not_well_is_told_of(
    answering: Callable[[int, object], str], status: int, body: object, parts: list[str], why: str
) -> None:
    code, said = healthy(answering(status, body), *parts)
    assert code == 1
    assert why in said


def test_who_does_not_answer_is_not_well() -> None:
    code, said = healthy("http://127.0.0.1:9/", "metadatabase")
    assert code == 1
    assert "refused" in said
