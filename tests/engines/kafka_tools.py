"""Kafka's own command-line tools, run from its jars."""

import base64
import os
import subprocess
from pathlib import Path

from tests.engines import downloads
from tests.engines.jdk import jdk
from tests.engines.process import EngineFailedError

SMALL = ("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


def java() -> list[str]:
    """The beginning of every command: Java with a small heap and the jars of Kafka."""
    home = jdk(17, "Kafka")
    logging = f"-Dlog4j2.configurationFile={downloads.JAVA / 'kafka-log.properties'}"
    return [str(home / "bin" / "java"), *SMALL, logging, "-cp", f"{downloads.kafka_jars()}/*"]


def run_tool(main: str, *words: str) -> str:
    """What a Java class among the tools printed; EngineFailedError with it when it failed."""
    done = subprocess.run([*java(), main, *words], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise EngineFailedError(f"{main} failed\n{done.stdout}{done.stderr}")
    return done.stdout


def new_cluster_id() -> str:
    return base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")


def format_storage(settings: Path, cluster_id: str, *options: str) -> None:
    """Writes the empty metadata log that a broker wants to find."""
    run_tool("kafka.tools.StorageTool", "format", f"--cluster-id={cluster_id}", "-c", str(settings), *options)
