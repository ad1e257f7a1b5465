"""Files become messages: ids, duplicates, placeholders, rejects, and the account of them all."""

import csv
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import Intake, Pseudonyms, understand
from tests.ingest.files import KEY, taken_in


def written(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def test_every_field_of_a_message(tmp_path: Path) -> None:
    header = [
        "Tweet ID",
        "User Name",
        "Created At",
        "Lang",
        "Full Text",
        "In Reply To",
        "Duplicate Comments",
        "Organisation",
    ]
    text = "Kijk @jan <b>hier</b>: https://a.nl/x?utm_source=q&id=1 #Wind"
    row = ["77", "@Marie", "03-11-2026 13:00", "nl_NL", text, "76", "412", "Vereniging Wind"]
    only = taken_in(written(tmp_path / "t.csv", header, [row])).messages[0]
    pseudonyms = Pseudonyms(KEY)
    jan = pseudonyms.of("jan")
    assert only.text == f"Kijk @{jan[:10]} hier: https://a.nl/x?id=1 #Wind"
    assert "<b>hier</b>" in only.text_written
    assert "@jan" not in only.text_written
    assert (only.author, only.mentions, only.links, only.hashtags) == (
        pseudonyms.of("marie"), (jan,), ("https://a.nl/x?id=1",), ("wind",),
    )  # fmt: skip
    assert (only.published, only.published_precision) == (datetime(2026, 11, 3, 12, tzinfo=UTC), "minute")
    assert (only.language, only.weight, only.organisation, only.native_id) == ("nl", 412, "Vereniging Wind", "77")
    assert only.kind == "post"


def test_a_reply_points_at_the_message_it_answers(tmp_path: Path) -> None:
    rows = [["1", "Eerste bericht", ""], ["2", "Een antwoord", "1"]]
    first, second = taken_in(written(tmp_path / "t.csv", ["id", "text", "reply_to"], rows)).messages
    assert second.reply_to == first.id


def test_same_id_and_content_is_a_duplicate_and_another_text_is_kept(tmp_path: Path) -> None:
    rows = [[1, "Een bericht"], [1, "Een bericht"], [1, "Een ander bericht"], [1, "Een ander bericht"]]
    rows += [[number, f"Bericht nummer {number}"] for number in range(2, 30)]
    taken = taken_in(written(tmp_path / "t.csv", ["id", "text"], rows), mapping={"id": "id"})
    assert taken.texts[:2] == ["Een bericht", "Een ander bericht"]
    assert taken.coverage.duplicate == 2
    assert taken.notes["same id, other text"] == 1


def test_rows_without_an_id_are_all_kept_and_named_by_content(tmp_path: Path) -> None:
    rows = [["jan", "Stop het plan"], ["jan", "Stop het plan"], ["piet", "Stop het plan"]]
    taken = taken_in(written(tmp_path / "t.csv", ["author", "text"], rows))
    assert [message.native_id for message in taken.messages] == ["row:2", "row:3", "row:4"]
    again = taken_in(written(tmp_path / "t.csv", ["author", "text"], rows[::-1]))
    assert {message.id for message in taken.messages} == {message.id for message in again.messages}


def test_placeholders_and_empty_rows_are_accounted_for(tmp_path: Path) -> None:
    rows = [["1", "jan", "Zie bijlage."], ["2", "an", ""], ["", "", " "], ["3", "bo", "Een echte reactie op het plan"]]
    taken = taken_in(written(tmp_path / "t.csv", ["id", "author", "text"], rows))
    assert taken.coverage.placeholders == (("attachment", 1), ("empty", 1))
    assert taken.coverage.rejected == 1
    assert taken.rejects[0]["row"] == 4


def test_anonymous_is_nobody(tmp_path: Path) -> None:
    rows = [["Anoniem", "Stop het plan nu"], ["anonymous", "Ga door met het plan"], ["Jan Bos", "Geen mening, Jan Bos"]]
    messages = taken_in(written(tmp_path / "t.csv", ["Naam", "Reactie"], rows)).messages
    assert [message.author is None for message in messages] == [True, True, False]
    assert messages[2].text == "Geen mening, [name]"


def test_doubtful_cells_become_unknown_and_are_counted(tmp_path: Path) -> None:
    header = ["id", "text", "date", "weight"]
    rows = [[str(at), f"Bericht {at} over het plan", "2026-11-03", "2"] for at in range(9)]
    rows += [["9", "Bericht uit de toekomst", "2031-01-01", "-3"], ["10", "x" * 100_001, "geen datum", "veel"]]
    rows += [["9.00006E+14", "Bericht van een rekenblad", "1970-01-01", "1"]]
    taken = taken_in(written(tmp_path / "t.csv", header, rows))
    assert taken.notes == {"cut": 1, "damaged id": 1, "future time": 1, "unreadable time": 2}
    assert [message.published for message in taken.messages[9:]] == [None, None, None]
    assert [message.weight for message in taken.messages[8:]] == [2, 1, 1, 1]
    assert taken.messages[11].native_id == "row:13"


def test_no_name_reaches_any_output(tmp_path: Path) -> None:
    rows = [
        ["1", "Wilhelmina Zonneveld", "Ik, Wilhelmina Zonneveld, ben tegen. Mail w.zonneveld@post.nl"],
        ["2", "a", "b", "c"],
    ]
    taken = taken_in(written(tmp_path / "t.csv", ["id", "name", "text"], rows))
    shown = repr(taken.messages) + repr(taken.rejects) + repr(taken.coverage)
    assert "onneveld" not in shown


@pytest.mark.parametrize("batch", [1, 7, 5000])
def test_ids_do_not_depend_on_batches_or_order(tmp_path: Path, batch: int) -> None:
    rows = [[f"u{at % 5}", f"Bericht nummer {at % 40} over het plan"] for at in range(200)]
    whole = taken_in(written(tmp_path / "t.csv", ["author", "text"], rows))
    random.Random(batch).shuffle(rows)
    mixed = taken_in(written(tmp_path / "t.csv", ["author", "text"], rows), batch=batch)
    assert {(one.id, one.text) for one in whole.messages} == {(one.id, one.text) for one in mixed.messages}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["1", "2", "", "x"]), st.text(max_size=20), st.text(max_size=40)), min_size=1)
)
def test_any_rows_are_accounted_for(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    rows = [tuple(cell.encode("utf-8", "ignore").decode() for cell in row) for row in rows]  # type: ignore[misc]
    path = written(tmp_path / "t.csv", ["id", "author", "text"], [["0", "z", "Een gewoon bericht"], *rows])
    taken_in(path, mapping={"id": "id", "author": "author", "text": "text"})


def test_a_full_disk_names_the_file_that_does_not_fit(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs a device that is always full")
    path = written(tmp_path / "t.csv", ["id", "text"], [["1", "Een bericht"], ["2", "Nog een bericht", "te veel"]])
    intake = Intake(Pseudonyms(KEY), full)
    with pytest.raises(OSError, match="No space left on device: 'full'"):
        list(intake.read(understand(path)))
    with pytest.raises(OSError, match="full"):
        intake.close()
