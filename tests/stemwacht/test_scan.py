"""Scan from end to end: what goes in, what comes out, and that only the content decides."""

import csv
import json
import re
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

import pytest

from stemwacht.demo import Score, election_week, read_truth, score, write_world
from tests.stemwacht.house import House, alerts, families, letters, letters_file, rows

COLUMNS = ["message_id", "native_id", "family_id", "relation", "nearest_id", "similarity", "cluster"]
WRITTEN = {
    *(
        "report.html",
        "report.pdf",
        "families.csv",
        "sharing.csv",
        "letters.json",
        "alerts.json",
        "feed.atom",
        "feed.json",
    ),
    *("rejects.jsonl", "run.json"),
}
ATOM = "{http://www.w3.org/2005/Atom}"
CAMPAIGNS = (("mail_merge", 14), ("light_edit", 12))


def against_the_truth(house: House, *words: str) -> Score:
    week = write_world(election_week(7, posts=2_000, letters=1_000), house.folder / "week")
    given = ("--campaigns", week.campaigns, "--consulted", week.consulted)
    house.well("scan", week.posts, week.letters, *given, *words)
    out = house.folder / "out"
    with (out / "families.csv").open(encoding="utf-8", newline="") as file:
        native = {row["message_id"]: row["native_id"] for row in csv.DictReader(file)}
    pairs = [(name, family) for family, members in families(out).items() for name in members]
    raised = alerts(out)
    pairs += [(native[row["message_id"]], alert["id"]) for alert in raised for row in alert["evidence"]]
    return score(read_truth(week.truth), pairs, [alert["id"] for alert in raised])


@pytest.mark.slow
def test_an_election_week_with_the_model_is_read_as_it_is(tmp_path: Path) -> None:
    house = House(tmp_path, STEMWACHT_EMBEDDER__NAME="use")
    judged = against_the_truth(house)
    missed = [group.group for group in judged.missed if group.group.startswith("letter-")]
    assert missed == []
    assert judged.false_alerts == ()
    assert judged.declared
    assert not any(group.found for group in judged.declared)
    assert all(group.best_recall > 0.5 for group in judged.declared if group.group.startswith("letter-"))
    check_files(tmp_path / "out", messages=3_000)


@pytest.mark.slow
def test_without_the_model_no_innocent_group_is_alerted(house: House) -> None:
    judged = against_the_truth(house)
    assert judged.false_alerts == ()
    assert not any(group.found for group in judged.declared)
    assert {group.kind for group in judged.found} >= {"mail_merge", "light_edit"}


def test_two_campaigns_among_independent_letters(house: House) -> None:
    written = letters(3, 120, *CAMPAIGNS)
    ran = house.run("scan", letters_file(house.folder / "letters.csv", written), "--exit-code")
    assert ran.code == 10
    out = house.folder / "out"
    planted: dict[str, set[str]] = {}
    for letter in written:
        if letter.truth is not None:
            planted.setdefault(letter.truth.campaign, set()).add(letter.id)
    assert sorted(map(sorted, families(out).values())) == sorted(map(sorted, planted.values()))
    assert {alert["finding_id"] for alert in alerts(out)} == set(families(out))
    check_files(out, messages=len(written))


def check_files(out: Path, *, messages: int) -> None:
    """Every file is there, says what it should in the form it should, and nothing else lies beside them."""
    assert {path.name for path in out.iterdir()} == WRITTEN
    with (out / "families.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS
    members = rows(out / "families.csv")
    assert len({row["message_id"] for row in members}) == len(members) == messages
    assert all(bool(row["family_id"]) == bool(row["relation"]) == bool(row["similarity"]) for row in members)
    counts = json.loads((out / "run.json").read_bytes())["counts"]
    assert counts["read"] == counts["kept"] + counts["rejected"] + counts["duplicate"] == messages
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert "<html" in (out / "report.html").read_text(encoding="utf-8")
    atom = ET.fromstring((out / "feed.atom").read_bytes())  # noqa: S314 - our own feed
    feed = json.loads((out / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(atom.findall(f"{ATOM}entry")) == len(feed["items"]) == len(alerts(out))
    letters_found = json.loads((out / "letters.json").read_bytes())
    assert json.dumps(letters_found)
    check_only_csv_has_own_ids(out, [row["native_id"] for row in members])


def check_only_csv_has_own_ids(out: Path, native_ids: list[str]) -> None:
    own = re.compile(r"\b(" + "|".join(map(re.escape, native_ids)) + r")\b")
    for name in WRITTEN - {"families.csv", "report.pdf"}:
        assert own.search((out / name).read_text(encoding="utf-8")) is None, name


def test_the_order_of_rows_and_the_cut_into_batches_do_not_matter(house: House) -> None:
    written = list(letters(5, 50, *CAMPAIGNS, ("mad_lib", 10)))
    path = house.folder / "letters.csv"
    house.well("scan", letters_file(path, written), "--out", "first")
    Random(1).shuffle(written)
    ran = house.run("scan", letters_file(path, written), "--out", "again", STEMWACHT_INGEST__BATCH="7")
    assert ran.code == 0, ran.err
    check_same(house.folder / "first", house.folder / "again")


def test_several_files_of_one_source_are_as_one_file_whatever_their_order(house: House) -> None:
    written = letters(5, 50, *CAMPAIGNS)
    parts = [letters_file(house.folder / f"part{n}.csv", written[n::3]) for n in range(3)]
    whole = letters_file(house.folder / "whole.csv", written)
    house.well("scan", whole, "--source", "consultation", "--out", "first")
    house.well("scan", *reversed(parts), "--source", "consultation", "--out", "parts")
    check_same(house.folder / "first", house.folder / "parts")


def check_same(first: Path, again: Path) -> None:
    def sorted_rows(out: Path) -> list[list[str]]:
        return sorted(list(row.values()) for row in rows(out / "families.csv"))

    def undated(out: Path) -> list[dict[str, object]]:
        return [{key: value for key, value in alert.items() if key != "history"} for alert in alerts(out)]

    assert len(alerts(first)) >= 2
    assert sorted_rows(first) == sorted_rows(again)
    assert undated(first) == undated(again)


def test_the_same_rows_twice_are_counted_once(house: House) -> None:
    path = letters_file(house.folder / "letters.csv", letters(3, 30))
    told = house.well("scan", path, path, "--source", "x", "--json", "--exit-code").json
    assert [(c["read"], c["kept"], c["duplicate"]) for c in told["coverage"]] == [(60, 30, 30)]
