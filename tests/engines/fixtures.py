"""Real servers for tests: one of each kind for the whole run, or one of a test's own to kill.

STEMWACHT_TEST_KAFKA and STEMWACHT_TEST_ELASTICSEARCH name servers that run already. Where an engine cannot be had the
test is skipped with the reason; with CI or STEMWACHT_ENGINES_REQUIRED in the environment it fails.
"""

import os
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.engines import keeper
from tests.engines.elasticsearch import ElasticsearchServer
from tests.engines.kafka import KafkaServer
from tests.engines.missing import EngineMissingError
from tests.engines.security import Access


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "engines: needs a real Kafka or Elasticsearch, started by tests/engines")


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The bootstrap address of the run's Kafka. Do not stop it; name your topics by `prefix`."""
    return os.environ.get("STEMWACHT_TEST_KAFKA") or _shared("kafka", tmp_path_factory).address


@pytest.fixture(scope="session")
def elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the run's Elasticsearch. Do not stop it; name your indices by `prefix`."""
    return os.environ.get("STEMWACHT_TEST_ELASTICSEARCH") or _shared("elasticsearch", tmp_path_factory).address


@pytest.fixture(scope="session")
def secured_kafka(tmp_path_factory: pytest.TempPathFactory) -> Access:
    """The run's Kafka with TLS, passwords and rights; kafka_users.py adds users. Do not stop it; use `prefix`."""
    return _shared("secured-kafka", tmp_path_factory)


@pytest.fixture(scope="session")
def secured_elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> Access:
    """The run's Elasticsearch with TLS, users, roles and API keys. Do not stop it; use `prefix`."""
    return _shared("secured-elasticsearch", tmp_path_factory)


@pytest.fixture
def prefix(request: pytest.FixtureRequest) -> Iterator[str]:
    """The beginning of all names of this test alone, as "t3f2a9c01be-"; its indices and templates go when it ends."""
    name = f"t{uuid.uuid4().hex[:10]}-"
    yield name
    if "elasticsearch" in request.fixturenames:
        for what in ("", "_index_template/", "_component_template/"):
            _delete(f"{request.getfixturevalue('elasticsearch')}/{what}{name}*")


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[Callable[..., KafkaServer]]:
    """Starts a Kafka for this test alone: own_kafka(), with the arguments of KafkaServer after its folder."""
    with ExitStack() as servers:

        def start(**options: object) -> KafkaServer:
            with skipping():
                return servers.enter_context(KafkaServer(tmp_path / f"kafka-{uuid.uuid4().hex[:6]}", **options))  # type: ignore[arg-type]

        yield start


@pytest.fixture
def own_elasticsearch(tmp_path: Path) -> Iterator[Callable[..., ElasticsearchServer]]:
    """Starts an Elasticsearch for this test alone, with the arguments of ElasticsearchServer after its folder."""
    with ExitStack() as servers:

        def start(**options: object) -> ElasticsearchServer:
            with skipping():
                folder = tmp_path / f"elasticsearch-{uuid.uuid4().hex[:6]}"
                return servers.enter_context(ElasticsearchServer(folder, **options))  # type: ignore[arg-type]

        yield start


@contextmanager
def skipping() -> Iterator[None]:
    """Skips the test where an engine cannot be had and nobody said that it must."""
    try:
        yield
    except EngineMissingError as error:
        if "CI" in os.environ or "STEMWACHT_ENGINES_REQUIRED" in os.environ:
            raise
        pytest.skip(str(error))


def _shared(kind: str, temporary: pytest.TempPathFactory) -> Access:
    worker = "PYTEST_XDIST_WORKER" in os.environ
    base = temporary.getbasetemp().parent if worker else temporary.getbasetemp()
    with skipping():
        return keeper.shared(kind, base / f"shared-{kind}", os.getppid() if worker else os.getpid())


def _delete(url: str) -> None:
    try:
        urllib.request.urlopen(urllib.request.Request(url, method="DELETE"), timeout=30).close()
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
