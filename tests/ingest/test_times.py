"""Times of every make, or unknown."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.time_rules import read_time, rule_for

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
DAY = datetime(2026, 11, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment", "precision"),
    [
        ("2026-11-03T12:00:00Z", NOON, "second"),
        ("2026-11-03T13:00:00+01:00", NOON, "second"),
        ("2026-11-03 13:00:00", NOON, "second"),
        ("2026-11-03 13:00", NOON, "minute"),
        ("2026-11-03", DAY, "day"),
        ("20261103", DAY, "day"),
        (1793707200, NOON, "second"),
        ("1793707200000", NOON, "second"),
        (1793707200.0, NOON, "second"),
        (46329, DAY, "day"),
        (date(2026, 11, 3), DAY, "day"),
        ("3 november 2026 (13:00)", NOON, "minute"),
        ("3 nov. 2026", DAY, "day"),
        ("3. November 2026", DAY, "day"),
        ("November 3, 2026 1:00 PM", NOON, "minute"),
        ("3 novembre 2026", DAY, "day"),
        ("3 noiembrie 2026", DAY, "day"),
        ("03-11-2026 13:00", NOON, "minute"),
        ("Tue Nov 03 12:00:00 +0000 2026", NOON, "second"),
        ("Tue, 03 Nov 2026 12:00:00 GMT", NOON, "second"),
        ("2026/11/03 13:00:00", NOON, "second"),
        ("2026-11-03T12:00Z", NOON, "minute"),
        ("2026-11-03T13:00+01:00", NOON, "minute"),
        ("2026-11-03 13:00:00.000+0100", NOON, "second"),
        ("2026-11-03T13+01:00", NOON.replace(hour=0), "day"),
    ],
)
def test_a_time_is_read(value: object, moment: datetime, precision: str) -> None:
    rule = rule_for([value], "Europe/Amsterdam")  # type: ignore[list-item]
    assert read_time(value, rule) == (moment, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", ["", "gisteren", "0", 0, 0.0, "1970-01-01", "99-99-9999", "2026-13-45", True, "5", "nan"]
)
def test_nonsense_is_unknown(value: str | int) -> None:
    assert read_time(value, rule_for([], "UTC")) is None


def test_the_bounds_hold_in_utc() -> None:
    rule = rule_for([], "Europe/Amsterdam")
    assert read_time("1990-01-01 00:30:00", rule) is None
    assert read_time("0001-01-01 00:30:00", rule) is None
    assert read_time("1990-01-01", rule) == (datetime(1990, 1, 1, tzinfo=UTC), "day")


def test_the_column_decides_the_order_of_day_and_month() -> None:
    american = rule_for(["11/03/2026", "11/23/2026"], "Europe/Amsterdam")
    assert read_time("11/03/2026", american) == (DAY, "day")
    assert "month before day, as the values show" in american.words
    unsaid = rule_for(["03/11/2026"], "Europe/Amsterdam")
    assert read_time("03/11/2026", unsaid) == (DAY, "day")
    assert "by the custom of Europe/Amsterdam" in unsaid.words
    assert not rule_for(["03/11/2026"], "America/New_York").day_first


def test_midnight_throughout_means_days() -> None:
    rule = rule_for([datetime(2026, 11, 3), datetime(2026, 11, 4)], "Europe/Amsterdam")  # noqa: DTZ001 - as Excel has it
    assert read_time(datetime(2026, 11, 3), rule) == (DAY, "day")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("values", "day", "words"),
    [
        (["2025-03-11T04:00Z", "2025-01-05T05:00Z"], datetime(2025, 3, 11, tzinfo=UTC), "midnight in America/New_York"),
        (["2025-03-10T23:00:00Z", "2025-07-05T22:00:00Z"], datetime(2025, 3, 11, tzinfo=UTC), "kept as days"),
        (["2025-03-11 00:00:00", "2025-03-11 00:00:00"], datetime(2025, 3, 11, tzinfo=UTC), "kept as days"),
        (["2025-03-11T00:00:00Z", "2025-07-05T00:00:00Z"], datetime(2025, 3, 11, tzinfo=UTC), "midnight in UTC"),
    ],
)
def test_midnights_of_any_zone_are_days(values: list[str], day: datetime, words: str) -> None:
    rule = rule_for(values, "Europe/Amsterdam")
    assert read_time(values[0], rule) == (day, "day")
    assert words in rule.words


def test_seconds_that_are_always_zero_are_minutes() -> None:
    values = [f"2026-11-{day:02d} 1{day % 10}:{day:02d}:00" for day in range(1, 25)]
    rule = rule_for(values, "UTC")
    found = read_time(values[0], rule)
    assert found is not None
    assert found[1] == "minute"
    assert "kept as minutes" in rule.words
    assert read_time("2026-11-03 12:00:07", rule) == (NOON.replace(second=7), "second")
    assert not rule_for([*values, "2026-11-03 12:00:07"], "UTC").whole_minutes


@given(st.text(max_size=40) | st.integers() | st.floats() | st.none() | st.datetimes())
def test_any_value_is_a_time_or_unknown(value: object) -> None:
    found = read_time(value, rule_for([value], "Europe/Amsterdam"))  # type: ignore[arg-type, list-item]
    assert found is None or (found[0].tzinfo is UTC and found[0].year >= 1990)
