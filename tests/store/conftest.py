"""Every test of the contract runs over every member."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store
from tests.store.members import LETTERS, MEMBERS, POSTS, Factory


@pytest.fixture(params=MEMBERS, ids=lambda member: member.__name__)
def factory(request: pytest.FixtureRequest) -> Factory:
    member: Factory = request.param
    return member


@pytest.fixture
def store(factory: Factory, tmp_path: Path) -> Iterator[Store]:
    made = factory(tmp_path)
    made.create([POSTS, LETTERS])
    yield made
    made.close()
