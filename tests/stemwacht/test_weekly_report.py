"""The report of a week, from the store."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest import Coverage, Gap
from stemwacht.cli.report import last_week
from stemwacht.collections import coverage_document
from stemwacht.ledgers import coverage_of, keep_ledgers
from stemwacht.weekly import iso_week
from stemwacht.wiring import file_store
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


def test_the_ledgers_of_the_files_of_a_week_add_up(watched: House) -> None:
    week = busiest_week(watched)

    def read() -> int:
        watched.well("report", "--week", week, "--out", "page")
        page = (watched.folder / "page" / "report.html").read_text(encoding="utf-8")
        return int(re.sub(r"\D", "", re.search(r">86<|>116<", page)[0]))  # type: ignore[index]  # fails where absent

    watched.well("ingest", watched.folder / "letters.csv")
    assert read() == 86
    more = letters_file(watched.folder / "more.csv", letters(8, 30))
    watched.well("ingest", more, "--source", "letters")
    assert read() == 116


def published_in(folder: Path, name: str, year: str) -> Path:
    """Letters of another year, or of none."""
    path = letters_file(folder / name, letters(9, 30))
    dated = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(L\d+),\d{4}(-\d\d-\d\d),", rf"\1,{year}\2," if year else r"\1,,", dated), "utf-8")
    return path


def test_what_is_read_of_other_times_leaves_the_report_of_a_week_as_it_was(watched: House) -> None:
    week = busiest_week(watched)
    watched.well("report", "--week", week, "--out", "first")
    watched.well("ingest", published_in(watched.folder, "older.csv", "2024"), "--source", "letters")
    watched.well("ingest", published_in(watched.folder, "undated.csv", ""), "--source", "undated")
    watched.well("watch", "--once")
    watched.well("report", "--week", week, "--out", "second")
    for path in (watched.folder / "first").iterdir():
        assert path.read_bytes() == (watched.folder / "second" / path.name).read_bytes(), path.name


def test_a_report_of_a_week_says_which_time_its_coverage_is_of(watched: House) -> None:
    watched.well("report", "--week", "2020-W10", "--out", "page")
    page = (watched.folder / "page" / "report.html").read_text(encoding="utf-8")
    assert "bears on the time from 2 Mar 2020, 00:00 to 9 Mar 2020, 00:00" in page
    assert "No source was read." in page


def undated_ledger(rejected: int) -> Coverage:
    return Coverage(source="scans", read=rejected, kept=0, rejected=rejected, duplicate=0)


def test_records_without_a_time_count_where_they_were_read_first(tmp_path: Path) -> None:
    file = tmp_path / "scans.csv"
    file.write_text("text\n", encoding="utf-8")
    store = file_store(None)
    this, following = (iso_week(name, "UTC") for name in ("2026-W44", "2026-W45"))
    for week in (this, following):
        keep_ledgers(store, [file], [undated_ledger(3)], week.start)
    assert coverage_of(store, this.start, this.end) == (undated_ledger(3),)
    assert coverage_of(store, following.start, following.end) == ()
    store.close()


def test_a_gap_is_cut_to_the_week_and_as_it_grows_on_leaves_it(tmp_path: Path) -> None:
    store = file_store(None)
    week = iso_week("2026-W44", "UTC")
    for days in (8, 20):
        gap = Gap(source="news", start=None, end=week.start + timedelta(days=days), reason="nothing came in")
        silent = Coverage(source="news", read=0, kept=0, rejected=0, duplicate=0, gaps=(gap,))
        store.upsert("coverage", [coverage_document("pull", silent)])
        (told,) = coverage_of(store, week.start, week.end)
        assert [(one.start, one.end) for one in told.gaps] == [(week.start, week.end)]
    assert coverage_of(store, week.start - timedelta(days=7), week.start)[0].gaps[0].end == week.start
    assert coverage_of(store, week.start + timedelta(days=21), week.end + timedelta(days=21)) == ()
    store.close()


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
