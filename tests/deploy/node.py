"""A real Elasticsearch under deploy/elasticsearch.yml, asked by the very scripts of docker-compose.yml."""

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from tests.deploy.composition import ROOT, Composition
from tests.engines import downloads, unprivileged
from tests.engines.elasticsearch import SMALL_HEAP_MB, heap_options
from tests.engines.elasticsearch_programs import environment, program
from tests.engines.elasticsearch_security import set_password
from tests.engines.process import Running, free_port, launch

DEPLOY = ROOT / "deploy"
# Settings of modules that the distribution for tests lacks.
NOT_HERE = {"ingest.geoip.downloader.enabled"}


class Node:
    """A node of its own, and what the container of elasticsearch-access is told."""

    def __init__(self, folder: Path, composition: Composition) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{free_port()}"
        self.access = composition.environment("elasticsearch-access") | {"ELASTICSEARCH": self.url}
        self._running: Running | None = None

    def start(self) -> None:
        config = self.folder / "config"
        shutil.copytree(downloads.elasticsearch_home() / "config", config)
        for name in ("data", "logs", "snapshots", "tmp"):
            (self.folder / name).mkdir()
        (config / "jvm.options.d").mkdir(exist_ok=True)
        (config / "jvm.options.d" / "heap.options").write_text(heap_options(SMALL_HEAP_MB), encoding="utf-8")
        lines = "".join(f"{name}: {value}\n" for name, value in self._settings().items())
        (config / "elasticsearch.yml").write_text(lines, encoding="utf-8")
        unprivileged.give(self.folder)
        set_password(self.folder, self.access["ELASTIC_PASSWORD"])
        self._running = launch(program("elasticsearch"), self.folder / "log", environment(self.folder))
        self._running.wait_until(self._answers, "Elasticsearch")

    def kill(self) -> None:
        if self._running is not None:
            self._running.kill()

    def run(self, script: str, *words: str, given: str = "", **changed: str) -> "subprocess.CompletedProcess[str]":
        command = ["sh", str(DEPLOY / script), *words]
        told = {**os.environ, **self.access, **changed}
        return subprocess.run(command, env=told, input=given, capture_output=True, text=True, timeout=90, check=False)

    def ask(self, *words: str, given: str = "") -> Any:
        done = self.run("elasticsearch-ask.sh", *words, given=given)
        assert not done.returncode, done.stdout + done.stderr
        return json.loads(done.stdout)

    def client(self, user: str, password: str) -> Elasticsearch:
        return Elasticsearch(self.url, basic_auth=(user, password), max_retries=0)

    def _settings(self) -> dict[str, str]:
        """Those of the file; ports, folders and the disk are this machine's."""
        lines = (DEPLOY / "elasticsearch.yml").read_text(encoding="utf-8").splitlines()
        pairs = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
        return {name: value for name, value in pairs if name not in NOT_HERE} | {
            "http.port": self.url.rpartition(":")[2],
            "transport.port": str(free_port()),
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "path.repo": str(self.folder / "snapshots"),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.url, timeout=5).close()
        except urllib.error.HTTPError as error:
            return error.code in {400, 401}
        except OSError:
            return False
        return True
