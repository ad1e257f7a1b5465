"""The report of a week, from the store."""

import json
import re
from datetime import UTC, datetime

import pytest

from stemwacht.cli.report import last_week
from stemwacht.weekly import iso_week
from tests.stemwacht.house import House, alerts, kept_in, letters, letters_file, rows


def busiest_week(house: House) -> str:
    days = re.findall(r"^L\d+,(\d{4}-\d{2}-\d{2}),", (house.folder / "letters.csv").read_text(encoding="utf-8"), re.M)
    weeks = ["{}-W{:02}".format(*datetime.fromisoformat(day).isocalendar()[:2]) for day in days]
    return max(sorted(weeks), key=weeks.count)


def test_the_same_week_twice_gives_the_same_bytes(watched: House) -> None:
    week = busiest_week(watched)
    for out in ("first", "second"):
        watched.well("report", "--week", week, "--out", out)
    first, second = watched.folder / "first", watched.folder / "second"
    assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_the_report_of_a_week_holds_its_own_messages_and_changes_nothing(watched: House) -> None:
    week = busiest_week(watched)
    before = kept_in(watched)
    told = watched.well("report", "--week", week, "--json").json
    out = watched.folder / "out" / week
    assert told["messages"] == len(rows(out / "families.csv")) > 0
    assert len(rows(out / "families.csv")) < before.messages
    assert kept_in(watched) == before


def test_a_week_without_messages_is_a_quiet_report(watched: House) -> None:
    told = watched.well("report", "--week", "2020-W10", "--out", "quiet", "--json").json
    assert told["messages"] == 0
    out = watched.folder / "quiet"
    assert rows(out / "families.csv") == []
    assert alerts(out) == []
    assert json.loads((out / "feed.json").read_bytes())["items"] == []
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert "<html" in (out / "report.html").read_text(encoding="utf-8")


def test_the_ledgers_of_all_ingests_add_up(watched: House) -> None:
    def read() -> int:
        page = (watched.folder / "page" / "report.html").read_text(encoding="utf-8")
        return int(re.sub(r"\D", "", re.search(r"\b86\b|\b116\b", page)[0]))  # type: ignore[index]  # fails where absent

    watched.well("ingest", watched.folder / "letters.csv")
    watched.well("report", "--week", "2020-W10", "--out", "page")
    assert read() == 86
    more = letters_file(watched.folder / "more.csv", letters(8, 30))
    watched.well("ingest", more, "--source", "letters")
    watched.well("report", "--week", "2020-W10", "--out", "page")
    assert read() == 116


def test_a_week_is_cut_at_the_midnight_of_its_zone() -> None:
    week = iso_week("2026-W44", "Europe/Amsterdam")
    assert week.start == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert week.end == datetime(2026, 11, 1, 23, tzinfo=UTC)
    longest = iso_week("2026-W43", "Europe/Amsterdam")
    assert (longest.end - longest.start).total_seconds() == (7 * 24 + 1) * 3600


@pytest.mark.parametrize("name", ["2026-47", "2026-W60", "2026W47", "W47", "2025-W53", "", "0000-W01"])
def test_a_bad_week_names_the_form(name: str) -> None:
    with pytest.raises(ValueError, match="like 2026-W47"):
        iso_week(name, "UTC")


def test_without_a_week_it_is_the_one_before() -> None:
    assert last_week(datetime(2026, 11, 23, tzinfo=UTC)) == "2026-W47"
    assert last_week(datetime(2027, 1, 5, tzinfo=UTC)) == "2026-W53"
