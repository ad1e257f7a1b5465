"""A real Kafka broker on 127.0.0.1."""

import signal
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.engines.certificates import Certificates
from tests.engines.kafka_security import ADMIN, format_options, secured
from tests.engines.kafka_settings import Seat, basic, seats
from tests.engines.kafka_tools import format_storage, java
from tests.engines.process import Running, free_port, launch, listens
from tests.engines.security import Access, Security

STARTED = "Kafka Server started"


class KafkaServer:
    """One broker that is its own controller. Its data and its port stay over stop() and start().

    `bootstrap` is its address, `access` how to come in; topics are never made by themselves.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        security: Security | None = None,
        properties: Mapping[str, str] | None = None,
        seat: Seat | None = None,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.bootstrap = f"127.0.0.1:{self.port}"
        self._security = security
        self._files = Certificates.at(folder / "certificates")
        self.access = security.access(self.bootstrap, ADMIN, self._files) if security else Access(self.bootstrap)
        self._seat = seat or seats(1)[0]
        self._properties = dict(properties or {})
        self._running: Running | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the broker, on the data of the last time if there was one, and waits until it answers."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Starts the broker and does not wait."""
        if self._running is not None:
            raise RuntimeError("this broker runs already: stop() it first")
        settings = self._write_settings()
        if not (self.folder / "data" / "meta.properties").exists():
            options = format_options(self._security.password) if self._security else []
            format_storage(settings, self._seat.cluster_id, *options)
        self._log.write_bytes(b"")
        self._running = launch([*java(), "kafka.Kafka", settings], self._log)

    def wait(self) -> None:
        """Returns when the broker answers; EngineFailedError with the end of its log when it does not."""
        if self._running is None:
            raise RuntimeError("this broker does not run: start() it")
        self._running.wait_until(self._ready, "Kafka")

    def stop(self) -> None:
        """Kills the broker as a power cut would."""
        if self._running is not None:
            self._running.kill()
            self._running = None

    def pause(self) -> None:
        """Freezes the broker: connections stay open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._running is None:
            raise RuntimeError("this broker does not run: start() it")
        self._running.signal(number)

    @property
    def _log(self) -> Path:
        return self.folder / "kafka.log"

    def _ready(self) -> bool:
        return STARTED in self._log.read_text(encoding="utf-8", errors="replace") and listens(self.port)

    def _write_settings(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        values = basic(self._seat, self.port, self.folder / "data")
        if self._security:
            self._files.write(self._security.certificate)
            values |= secured(self.port, self._seat.controller_port, self._files)
        values |= self._properties
        path = self.folder / "server.properties"
        path.write_text("".join(f"{key}={value}\n" for key, value in values.items()), encoding="utf-8")
        return path
