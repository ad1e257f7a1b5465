"""A real Elasticsearch node on 127.0.0.1."""

import base64
import json
import shutil
import signal
import ssl
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.engines import downloads, unprivileged
from tests.engines.certificates import Certificates
from tests.engines.elasticsearch_programs import environment, program
from tests.engines.elasticsearch_security import ADMIN, secured, set_password
from tests.engines.process import Running, free_port, launch
from tests.engines.security import Access, Security

SMALL_HEAP_MB = 256


def heap_options(heap_mb: int) -> str:
    """A file of jvm.options.d with so much heap."""
    return f"-Xms{heap_mb}m\n-Xmx{heap_mb}m\n-XX:-UseG1GC\n-XX:+UseSerialGC\n"


class ElasticsearchServer:
    """One node. Its data and its port stay over stop() and start(). `url` is its address, `access` how to come in.

    The data lie in the folder; in one of their own where the node may not enter that folder (see unprivileged.py).
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        security: Security | None = None,
        settings: Mapping[str, str] | None = None,
        heap_mb: int = SMALL_HEAP_MB,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lent = None if unprivileged.can_read(folder) else tempfile.TemporaryDirectory(prefix="elasticsearch-")
        self.folder = folder if self._lent is None else Path(self._lent.name)
        self.port = port or free_port()
        self.url = f"{'https' if security else 'http'}://127.0.0.1:{self.port}"
        self._security = security
        self._files = Certificates.at(self.folder / "config" / "certificates")
        self.access = security.access(self.url, ADMIN, self._files) if security else Access(self.url)
        self._settings = {**_basic(self.folder, self.port), **(settings or {})}
        self._heap = heap_options(heap_mb)
        self._running: Running | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._lent is not None:
            self._lent.cleanup()

    def start(self) -> None:
        """Starts the node, on the data of the last time if there was one, and waits until it is healthy."""
        if self._running is not None:
            raise RuntimeError("this node runs already: stop() it first")
        self._prepare()
        self._running = launch(program("elasticsearch"), self.folder / "elasticsearch.log", environment(self.folder))
        self._running.wait_until(self._healthy, "Elasticsearch")

    def stop(self) -> None:
        """Kills the node as a power cut would."""
        if self._running is not None:
            self._running.kill()
            self._running = None

    def pause(self) -> None:
        """Freezes the node: connections stay open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._running is None:
            raise RuntimeError("this node does not run: start() it")
        self._running.signal(number)

    def _prepare(self) -> None:
        first = not (self.folder / "config").exists()
        if first:
            self._make_folders()
        self._write_settings()
        unprivileged.give(self.folder)
        if first and self._security:
            set_password(self.folder, self._security.password)

    def _make_folders(self) -> None:
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir()
        config = self.folder / "config"
        shutil.copytree(downloads.elasticsearch_home() / "config", config)
        (config / "jvm.options.d").mkdir(exist_ok=True)
        (config / "jvm.options.d" / "heap.options").write_text(self._heap, encoding="utf-8")

    def _write_settings(self) -> None:
        settings = self._settings
        if self._security:
            self._files.write(self._security.certificate)
            settings = settings | secured(self._files)
        lines = "".join(f"{key}: {value}\n" for key, value in settings.items())
        (self.folder / "config" / "elasticsearch.yml").write_text(lines, encoding="utf-8")

    def _healthy(self) -> bool:
        try:
            return self._ask("/_cluster/health?wait_for_status=yellow&timeout=2s")["status"] in {"yellow", "green"}
        except (OSError, urllib.error.URLError):
            return False

    def _ask(self, path: str) -> Any:
        known = base64.b64encode(f"{self.access.user}:{self.access.password}".encode()).decode()
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Basic {known}"})
        with urllib.request.urlopen(request, timeout=10, context=_trusting_all()) as answer:
            return json.load(answer)


def _trusting_all() -> ssl.SSLContext:
    """An expired certificate is no reason for a server not to be up: some tests want one."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _basic(folder: Path, port: int) -> dict[str, str]:
    return {
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": str(port),
        "transport.port": str(free_port()),
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "cluster.max_shards_per_node": "10000",
        "action.destructive_requires_name": "false",
        "xpack.security.enabled": "false",
    }
