"""Houses to test in."""

import shutil
from pathlib import Path

import pytest

from tests.stemwacht.house import House, letters, letters_file


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty one."""
    return House(tmp_path)


@pytest.fixture(scope="session")
def watched_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("watched")
    house = House(folder)
    written = letters(3, 60, ("mail_merge", 14), ("light_edit", 12))
    house.well("ingest", letters_file(folder / "letters.csv", written))
    house.well("watch", "--once")
    return folder


@pytest.fixture
def watched(watched_folder: Path, tmp_path: Path) -> House:
    """One in which 86 letters were watched and two alerts stand."""
    folder = tmp_path / "watched"
    shutil.copytree(watched_folder, folder)
    return House(folder)
