"""Every test of the contract runs over every member."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store
from tests.store.members import EMBEDDED, LETTERS, POSTS, Factory, on_elasticsearch

REAL = pytest.param(on_elasticsearch, marks=pytest.mark.engines)


@pytest.fixture(params=[*EMBEDDED, REAL], ids=lambda member: member.__name__)
def factory(request: pytest.FixtureRequest) -> Factory:
    if request.param is not on_elasticsearch:
        member: Factory = request.param
        return member
    address, prefix = request.getfixturevalue("elasticsearch"), request.getfixturevalue("prefix")
    return on_elasticsearch(address, prefix)


@pytest.fixture
def store(factory: Factory, tmp_path: Path) -> Iterator[Store]:
    made = factory(tmp_path)
    made.create([POSTS, LETTERS])
    yield made
    made.close()
