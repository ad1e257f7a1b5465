"""A failed task is told of wherever somebody wants to hear it, and nothing of a post is in it."""

import json
import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from stemwacht.notices import ADDRESSES, on_failure
from store import StoreError

POST = "Stem woensdag, zegt @jan"


@dataclass
class Listener:
    """A server of one kind, and what it was told."""

    url: str
    told: list[str] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[Listener]:
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            listener.told.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    listener = Listener(f"http://127.0.0.1:{server.server_port}/hook")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield listener
    server.shutdown()
    server.server_close()


@pytest.fixture
def mailbox() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(f"smtp://127.0.0.1:{server.getsockname()[1]}?to=duty@example.org&from=monitor@example.org")
        answering = threading.Thread(target=_take_mail, args=(server, listener), daemon=True)
        answering.start()
        yield listener
    answering.join(5)


def _take_mail(server: socket.socket, listener: Listener) -> None:
    """SMTP as far as one mail goes."""
    try:
        connection, _ = server.accept()
    except OSError:
        return
    with connection, connection.makefile("rwb", buffering=0) as wire:
        wire.write(b"220 here\r\n")
        while line := wire.readline():
            if line.upper().startswith(b"DATA"):
                wire.write(b"354 go on\r\n")
                mail = b""
                while (part := wire.readline()) != b".\r\n":
                    mail += part
                listener.told.append(mail.decode())
            wire.write(b"250 well\r\n")


def context(error: BaseException | None) -> dict[str, Any]:
    task = SimpleNamespace(dag_id="pull_jan", task_id="pull", run_id="r1", try_number=4, log_url="https://af/log")
    return {"task_instance": task, "exception": error}


def test_a_web_hook_hears_what_failed_and_what_to_do(hook: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESSES, hook.url)
    on_failure(context(StoreError("the disk is full; free some space")))
    (told,) = map(json.loads, hook.told)
    assert (told["dag"], told["task"], told["attempt"]) == ("pull_jan", "pull", 4)
    assert told["text"] == (
        "pull_jan/pull failed (run r1, try 4): StoreError: the disk is full; free some space. Log: https://af/log"
    )


def test_a_mail_says_it_too(mailbox: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESSES, mailbox.url)
    on_failure(context(StoreError("the disk is full; free some space")))
    (mail,) = mailbox.told
    assert "To: duty@example.org" in mail
    assert "Subject: Stemwacht: pull_jan/pull failed" in mail
    assert "the disk is full" in mail


def test_what_an_error_of_others_quotes_stays_here(
    hook: Listener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(ADDRESSES, hook.url)
    on_failure(context(KeyError(POST)))
    assert POST not in hook.told[0]
    assert "KeyError" in hook.told[0]
    assert POST not in caplog.text


def test_an_address_that_fails_keeps_nobody_else_from_hearing(
    hook: Listener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    bad = f"http://127.0.0.1:{closed}/secret-token smtp://127.0.0.1:{closed}?to=a@b.c smtp://127.0.0.1 gopher://x http://[x"
    monkeypatch.setenv(ADDRESSES, f"{bad} {hook.url}")
    with caplog.at_level(logging.ERROR):
        on_failure(context(ValueError("x")))
    assert len(hook.told) == 1
    assert caplog.text.count("a notice could not be sent") == 5
    assert "secret-token" not in caplog.text


def test_a_password_is_not_sent_in_the_clear(mailbox: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESSES, mailbox.url.replace("smtp://", "smtp://user:secret@"))
    on_failure(context(ValueError("x")))
    assert mailbox.told == []


@pytest.mark.parametrize("told", [{}, {"ti": None}, {"task_instance": SimpleNamespace(dag_id="a")}])
def test_a_task_that_was_killed_has_little_to_tell(told: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    on_failure(told)
    assert "ended from outside" in caplog.text
