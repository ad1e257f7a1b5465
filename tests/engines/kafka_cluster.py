"""Three real Kafka brokers on 127.0.0.1, of which one may die: two copies of three acknowledge a write."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.engines.kafka import KafkaServer
from tests.engines.kafka_settings import seats


class KafkaCluster:
    """`bootstrap` names all brokers; servers[0].stop() kills the first and servers[0].start() brings it back."""

    def __init__(self, folder: Path, *, nodes: int = 3, properties: Mapping[str, str] | None = None) -> None:
        self.servers = [
            KafkaServer(folder / f"node-{seat.node}", seat=seat, properties=properties) for seat in seats(nodes)
        ]
        self.bootstrap = ",".join(server.bootstrap for server in self.servers)
        self._started = ExitStack()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts all brokers, which find each other, and waits until each answers."""
        for server in self.servers:
            self._started.callback(server.stop)
            server.launch()
        for server in self.servers:
            server.wait()

    def stop(self) -> None:
        """Kills all brokers."""
        self._started.close()
