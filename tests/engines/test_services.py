"""`make services`: both servers in the background, whose data stay."""

import json
import socket
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import downloads
from tests.engines.__main__ import main
from tests.engines.fixtures import skipping
from tests.engines.process import free_port, listens
from tests.engines.services import Services, ServicesError


@pytest.fixture
def folder_for_all() -> Iterator[Path]:
    """One that a user without rights may enter: pytest's own is closed to all others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.engines
@pytest.mark.slow
def test_they_start_stop_and_keep_their_data(folder_for_all: Path) -> None:
    with skipping():
        services = Services(folder_for_all, free_port(), free_port())
        services.up()
    document = f"http://127.0.0.1:{services.elasticsearch_port}/letters/_doc/1"
    try:
        as_json = {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(document, b'{"text": "x"}', as_json, method="PUT")).close()
        assert listens(services.kafka_port)
        assert services.down()
        assert not listens(services.kafka_port)
        assert not services.down()
        services.up()
        with urllib.request.urlopen(document) as answer:
            assert json.load(answer)["_source"] == {"text": "x"}
    finally:
        services.down()


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServicesError, match=f"port {port} of 127.0.0.1 is taken"):
            Services(tmp_path, port, free_port()).up()


def test_a_word_that_is_none_is_answered_by_those_that_are() -> None:
    with pytest.raises(ServicesError, match="up`, `down` or `status"):
        main(["start"])


def test_where_docker_answers_they_run_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docker = tmp_path / "docker"
    docker.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n', encoding="utf-8")
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("STEMWACHT_ENGINES", str(tmp_path / "none"))
    assert "STEMWACHT_ELASTICSEARCH__HOSTS=http://127.0.0.1:9200" in main(["up"])
    compose = Path(downloads.__file__).with_name("compose.yml")
    assert (tmp_path / "asked").read_text(encoding="utf-8") == f"info\ncompose -f {compose} up -d --wait\n"
