"""A real Kafka, started by the very scripts, properties and variables of docker-compose.yml."""

import os
import subprocess
from pathlib import Path
from typing import Any

from tests.deploy import kafka_home
from tests.deploy.composition import ROOT, Composition
from tests.engines.process import Running, free_port, launch

DEPLOY = ROOT / "deploy"


class Broker:
    """A broker of its own, and what its container and that of kafka-access are told."""

    def __init__(self, folder: Path, composition: Composition) -> None:
        here = {
            "BROKER_DATA": str(folder / "data"),
            "CLIENTS_HOST": "127.0.0.1",
            "KAFKA_HEAP_OPTS": "-Xmx256m -XX:TieredStopAtLevel=1",
            "KAFKA_HOME": str(kafka_home.make(folder / "kafka")),
            "KAFKA_LOG4J_OPTS": f"-Dlog4j2.configurationFile={DEPLOY / 'kafka-log.properties'}",
            **{f"{name}_PORT": str(free_port()) for name in ("CLIENTS", "ADMIN", "CONTROLLER")},
        }
        self.log = folder / "log"
        self.environment = composition.environment("kafka") | here
        self.access = composition.environment("kafka-access") | here
        self.prefix = self.access["PREFIX"]
        self.said = ""
        self._running: Running | None = None

    def start(self) -> None:
        self.log.write_text("", encoding="utf-8")
        self._running = launch(["sh", DEPLOY / "kafka-start.sh"], self.log, self.environment)
        self._running.wait_until(lambda: "Kafka Server started" in self.log.read_text("utf-8"), "Kafka")

    def stop(self) -> None:
        """As Docker does; the script must have given its place to the broker, or the broker would not hear of it."""
        if self._running is not None:
            self._running.process.terminate()
            self._running.process.wait(timeout=60)

    def run(self, script: str, *words: str, **changed: str) -> "subprocess.CompletedProcess[str]":
        told = {**os.environ, **self.environment, **self.access, **changed}
        command = ["sh", str(DEPLOY / script), *words]
        return subprocess.run(command, env=told, capture_output=True, text=True, timeout=120, check=False)

    def give_access(self, **changed: str) -> None:
        done = self.run("kafka-access.sh", **changed)
        self.said += done.stdout + done.stderr
        assert not done.returncode, self.said

    def client(self, password: str | None = None) -> dict[str, Any]:
        return {
            "bootstrap_servers": f"127.0.0.1:{self.environment['CLIENTS_PORT']}",
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": self.access["WORKER"],
            "sasl_plain_password": password or self.access["WORKER_PASSWORD"],
            "bootstrap_timeout_ms": 10_000,
        }
