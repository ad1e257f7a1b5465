"""`stemwacht config`: what it prints can be read again."""

import re
from pathlib import Path

from stemwacht.config import load
from tests.stemwacht.house import House


def test_what_is_in_force_round_trips(house: House) -> None:
    (house.folder / "stemwacht.toml").write_text("[report]\nlang = 'nl'\n[embedder.options]\nprocesses = 1\n")
    (house.folder / "printed.toml").write_text(house.well("config").out)
    assert load(house.folder / "printed.toml", {}) == load(house.folder / "stemwacht.toml", house.environment)
    assert house.well("config", "--json").json["report"]["lang"] == "nl"


def test_the_example_loads_and_so_does_every_line_of_it(house: House) -> None:
    example = house.well("config", "--example").out
    path = house.folder / "example.toml"
    path.write_text(example)
    assert load(path, {}) == load(None, {})
    path.write_text(re.sub(r"^# (\w+ = (?!\"…\"))", r"\1", example, flags=re.M))
    assert load(path, {}) == load(None, {})
    assert str(house.folder) not in example
    assert str(Path.home()) not in example


def test_the_file_of_the_folder_is_used_untold_and_the_environment_goes_before_it(house: House) -> None:
    (house.folder / "stemwacht.toml").write_text("[report]\nlang = 'nl'\ntitle = 'Verslag'\n")
    told = house.run("config", "--json", STEMWACHT_REPORT__LANG="en").json
    assert (told["report"]["lang"], told["report"]["title"]) == ("en", "Verslag")
