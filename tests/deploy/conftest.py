import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.environment import main
from tests.deploy.broker import Broker
from tests.deploy.composition import ROOT, Composition, composed
from tests.deploy.node import Node
from tests.engines.fixtures import skipping


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make up` leaves it for Docker: the project's files, .env and the folders."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copy(ROOT / "docker-compose.yml", folder)
    main(folder)
    return folder


@pytest.fixture(scope="session")
def composition(project: Path) -> Composition:
    return composed(project)


@pytest.fixture(scope="session")
def broker(composition: Composition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Kafka, with the worker's rights given."""
    with skipping():
        found = Broker(tmp_path_factory.mktemp("broker"), composition)
    found.start()
    found.give_access()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def node(composition: Composition) -> Iterator[Node]:
    """Elasticsearch, with the passwords of Kibana and the worker given."""
    with tempfile.TemporaryDirectory(prefix="stemwacht-node-") as folder:
        found = Node(Path(folder), composition)
        with skipping():
            found.start()
        done = found.run("elasticsearch-access.sh")
        assert not done.returncode, done.stdout + done.stderr
        yield found
        found.kill()
