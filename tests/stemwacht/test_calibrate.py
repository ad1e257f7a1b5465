"""Calibration from the command line: shares in, figures out, and nothing kept."""

import csv
import json
from pathlib import Path

from tests.analysis.sharing.worlds import organic
from tests.stemwacht.house import House


def shares_file(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["object_id", "account_id", "content_id", "timestamp_share"])
        for one in organic(4, accounts=30, shares=30_000, things=3_000):
            assert one.published is not None
            writer.writerow([one.links[0], one.author, one.native_id, int(one.published.timestamp())])
    return path


def test_p_is_uniform_where_chance_alone_is_at_work(house: House) -> None:
    ran = house.well("calibrate", shares_file(house.folder / "shares.csv"), "--permutations", "4", "--json")
    told = json.loads(ran.out)
    assert told["permutations"] == 4
    assert sum(told["false_ties"]) == 0
    assert told["uniformity"]
    for one in told["uniformity"]:
        assert all(observed <= 2 * nominal + 0.01 for nominal, observed in one["tails"])
    assert [path.name for path in house.folder.iterdir() if path.suffix == ".jsonl"] == []


def test_it_says_so_in_words(house: House) -> None:
    ran = house.well("calibrate", shares_file(house.folder / "shares.csv"), "--permutations", "2")
    assert "permuted data" in ran.out
