"""Words and counts: every message translated, figures as the reader writes them, tallies that add up."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from alerts import CHECKS, Change
from alerts.confidence import SCALE
from alerts.report import tally
from alerts.report.binning import bars
from alerts.report.speech import LOCALES, Speech, languages
from alerts.report.vocabulary import BENIGN, CONFIDENCE
from alerts.report.wording import worded
from tests.alerts_out.examples import RULES, letters_alert, message, message_id

ALERTS = Path(LOCALES).parents[1]
KEYWORDS: dict[str, tuple[int, ...] | None] = {"say": None, "say_n": (1, 2), "mark": None}
FIELD = re.compile(r"\{\w+\}")


def used() -> set[str | tuple[str, ...]]:
    return {
        found[2]
        for folder in ("report", "feed")
        for found in extract_from_dir(ALERTS / folder, method_map=[("**.py", "python")], keywords=KEYWORDS)
    }


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_catalogue_holds_exactly_what_the_code_says(lang: str) -> None:
    with (LOCALES / lang / "LC_MESSAGES" / "stemwacht.po").open("rb") as file:
        catalogue = {entry.id for entry in read_po(file) if entry.id}
    assert catalogue == used()


def test_nothing_is_untranslated_in_dutch_and_placeholders_match() -> None:
    with (LOCALES / "nl" / "LC_MESSAGES" / "stemwacht.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="nl") if entry.id]
    for entry in entries:
        assert not entry.fuzzy
        sources = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        translations = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        pairs = zip(sources, translations, strict=True)
        for source, translation in pairs:
            assert translation, source
            assert set(FIELD.findall(source)) == set(FIELD.findall(translation)), source


def test_every_check_and_every_degree_of_confidence_has_its_word() -> None:
    assert set(BENIGN) == set(CHECKS)
    assert set(CONFIDENCE) == {degree for degree, _ in SCALE}


def test_there_are_dutch_and_english() -> None:
    assert languages() == ("en", "nl")


def test_figures_and_times_are_written_as_the_reader_does() -> None:
    dutch, english = Speech("nl"), Speech("en")
    assert dutch.number(21_874) == "21.874"
    assert english.number(21_874) == "21,874"
    assert dutch.percent(0.8709) == "87,1%"
    assert dutch.probability(0.00031) == "= 0,00031"
    assert english.probability(2e-9) == "< 0.000001"
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert dutch.moment(moment) == "2 jul 2026, 00:30"
    assert english.day(moment) == "2 July 2026"


def test_stored_sentences_are_said_in_dutch_with_figures_as_the_dutch_write_them() -> None:
    alert = letters_alert()
    change = Change(at=alert.history[0].at, event="updated", summary="+86 messages, now 147; q 0.00021 to 6.1e-07.")
    raised = Change(at=alert.history[0].at, event="raised", summary="61 letters from one template, not announced.")
    own = Change(at=alert.history[0].at, event="updated", summary="Something that nobody foresaw.")
    alert = msgspec.structs.replace(alert, history=(raised, change, own))
    dutch, english = worded(alert, RULES, Speech("nl")), worded(alert, RULES, Speech("en"))
    assert dutch.history[0].summary == "61 brieven naar één sjabloon, niet aangekondigd."
    assert "0,00021" in dutch.history[1].summary
    assert "0,00000061" in dutch.history[1].summary
    assert dutch.history[2] == own
    assert english.history == alert.history


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["nl", "en", None]), st.integers(1, 400), st.sampled_from(["f1", "f2", None])),
        max_size=40,
    )
)
def test_both_counts_add_up_in_every_breakdown(rows: list[tuple[str | None, int, str | None]]) -> None:
    messages = [message(n, language=language, weight=weight) for n, (language, weight, _) in enumerate(rows)]
    family_of = {message_id(n): family for n, (_, _, family) in enumerate(rows) if family is not None}
    counted = tally(iter(messages), family_of)
    alone = sum(weight for _, weight, family in rows if family is None)
    assert counted.records == len(rows)
    assert counted.total.messages == sum(weight for _, weight, _ in rows)
    assert counted.total.once == alone + len(set(family_of.values()))
    for groups in (counted.by_kind, counted.by_language, counted.by_channel, counted.by_source):
        assert sum(group.messages for group in groups) == counted.total.messages
        assert sum(group.once for group in groups) == counted.total.once
    assert sum(day.inside + day.outside for day in counted.days) + counted.undated == counted.total.messages


def test_a_message_counts_on_the_day_of_the_zone() -> None:
    late = message(1, published=datetime(2026, 11, 16, 23, 30, tzinfo=UTC))
    assert [day.day for day in tally([late], {}).days] == [date(2026, 11, 17)]


MOMENTS = st.integers(0, 60_000_000).map(lambda minutes: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@given(
    counted=st.lists(st.tuples(MOMENTS, st.tuples(st.integers(0, 9), st.integers(0, 9))), min_size=1, max_size=50),
    hourly=st.booleans(),
)
def test_bars_lose_nothing_and_do_not_overlap(counted: list[tuple[datetime, tuple[int, int]]], hourly: bool) -> None:
    _, drawn = bars(counted, hourly=hourly)
    for part in (0, 1):
        assert sum(bar.counts[part] for bar in drawn) == sum(counts[part] for _, counts in counted)
    assert all(earlier.end <= later.start for earlier, later in pairwise(drawn))
    assert all(any(bar.start <= start < bar.end for bar in drawn) for start, _ in counted)
