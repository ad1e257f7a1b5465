"""A prefix with everything installed, shared by the tests of a file."""

import uuid
from collections.abc import Iterator

import pytest

from es_mappings import install
from store.elasticsearch import Connection, ElasticsearchOptions


@pytest.fixture(scope="module")
def connection(elasticsearch: str) -> Iterator[Connection]:
    """A connection under a prefix of its own; indices and templates of it go at the end."""
    prefix = f"t{uuid.uuid4().hex[:10]}-m"
    connection = Connection(ElasticsearchOptions(hosts=(elasticsearch,), prefix=prefix, timeout_seconds=30))
    yield connection
    for what in ("", "_index_template/", "_component_template/"):
        connection.send("DELETE", f"/{what}{prefix}*", accept={404})
    connection.close()


@pytest.fixture(scope="module")
def installed(connection: Connection) -> list[str]:
    """What installing said the first time."""
    return list(install(connection, retention_days=180))
