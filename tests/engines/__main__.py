"""`python -m tests.engines up|down|status`: Kafka and Elasticsearch to try the project with.

Where Docker answers they are those of compose.yml, else they come from Maven Central and run on this machine.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.engines import downloads
from tests.engines.missing import EngineMissingError
from tests.engines.services import Services, ServicesError

COMPOSE = ["docker", "compose", "-f", str(Path(__file__).parent / "compose.yml")]
COMPOSED = {"up": ("up", "-d", "--wait"), "down": ("stop",), "status": ("ps",)}
SETTINGS = """\
STEMWACHT_LOG__NAME=kafka
STEMWACHT_KAFKA__BOOTSTRAP_SERVERS=127.0.0.1:9092
STEMWACHT_STORE__NAME=elasticsearch
STEMWACHT_ELASTICSEARCH__HOSTS=http://127.0.0.1:9200"""


def main(words: list[str]) -> str:
    """What to print; ServicesError and EngineMissingError say what to do."""
    if len(words) != 1 or words[0] not in COMPOSED:
        raise ServicesError("say `python -m tests.engines up`, `down` or `status`")
    services = Services(downloads.cache() / "services")
    if services.running() is None and docker_answers():
        return composed(words[0])
    return {"up": _up, "down": _down, "status": _status}[words[0]](services)


def docker_answers() -> bool:
    """True where there is a Docker with an engine behind it."""
    if shutil.which("docker") is None:
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=30, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def composed(what: str) -> str:
    if subprocess.run([*COMPOSE, *COMPOSED[what]], check=False).returncode:
        raise ServicesError("Docker Compose failed; what it says stands above")
    return f"Both run in Docker. Use them by\n{SETTINGS}" if what == "up" else "Asked Docker."


def _up(services: Services) -> str:
    print("Starting Kafka and Elasticsearch; the first time 200 MB are fetched from Maven Central.", flush=True)
    services.up()
    return f"Both run on this machine, their data in {services.folder}. Use them by\n{SETTINGS}"


def _down(services: Services) -> str:
    stopped = services.down()
    return f"Stopped; the data stay in {services.folder}." if stopped else "They did not run."


def _status(services: Services) -> str:
    return "They do not run." if services.running() is None else f"Both run. Use them by\n{SETTINGS}"


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except (ServicesError, EngineMissingError) as error:
        sys.exit(str(error))
