"""What comes off the log: messages, deletions, and records that nobody can handle."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import (
    DEAD_LETTERS,
    MESSAGES,
    DeadLetter,
    Deletion,
    Message,
    deletion_record,
    message_record,
    received_dead_letter,
)
from ingest.log import LogRecord, Record
from stemwacht.receiving import sorted_out
from stemwacht.watching import drain
from store import Store
from tests.stemwacht.stream import Watcher, annotator, message, watcher

NAME = "Jan de Vries"


def dead_letters(watching: Watcher) -> list[DeadLetter]:
    return [received_dead_letter(record) for record in watching.log.read(DEAD_LETTERS, "test", 100)]


def stored(store: Store) -> list[str]:
    return [document.id for document in store.find("messages")]


def drained(watching: Watcher, records: Sequence[Record]) -> None:
    watching.log.append(MESSAGES, records)
    assert drain(watching.log, watching.store, annotator(), watching.settings) == len(records)


def test_poison_is_set_aside_and_the_rest_goes_on() -> None:
    poison = [
        Record("k", f'{{"id": "{NAME}'.encode(), "message/1"),
        Record("k", b"\xff\xfe" + NAME.encode(), "message/1"),
        Record("k", msgspec.json.encode({"id": 1, "text": NAME}), "message/1"),
        Record("k", NAME.encode(), "message/99"),
    ]
    with watcher() as watching:
        drained(watching, [message_record(message(1, "een")), *poison, message_record(message(2, "twee"))])
        assert stored(watching.store) == ["m_000001", "m_000002"]
        letters = dead_letters(watching)
        assert watching.log.lag(MESSAGES, "watch") == 0
    assert [letter.offset for letter in letters] == [1, 2, 3, 4]
    assert all(letter.reason and letter.fix and letter.sha256 for letter in letters)
    assert NAME not in str(letters)
    assert "message/99" in letters[3].reason


def test_a_message_that_breaks_the_analysis_is_the_only_one_set_aside() -> None:
    good = [message_record(message(number, f"bericht {number}")) for number in range(7)]
    without_zone = msgspec.json.encode(message(9, NAME)).replace(b'2026-11-02T17:00:00Z"', b'2026-11-02T17:00:00"')
    with watcher() as watching:
        drained(watching, [*good[:3], Record("k", without_zone, "message/1"), *good[3:]])
        assert len(stored(watching.store)) == 7
        (letter,) = dead_letters(watching)
    assert (letter.offset, letter.reason) == (3, "the analysis fails on it: ValueError")
    assert NAME not in str(letter)


def test_what_is_taken_back_leaves_the_store_and_the_batch() -> None:
    told = [message(number, f"bericht {number}") for number in range(4)]
    with watcher() as watching:
        drained(watching, [message_record(one) for one in told[:2]])
        taken = [
            Deletion(source="test", author="a0", message_ids=("m_000000",)),
            Deletion(source="test", author="a3", every_message=True),
        ]
        drained(watching, [*[message_record(one) for one in told[2:]], *[deletion_record(one) for one in taken]])
        assert stored(watching.store) == ["m_000001", "m_000002"]


@given(st.lists(st.sampled_from(["write 0", "write 1", "take 0", "take 1", "take all"]), max_size=8))
def test_what_stands_after_a_batch_is_what_was_said_last(events: list[str]) -> None:
    written = {name: message(int(name), name, hours=0) for name in "01"}
    written = {name: msgspec.structs.replace(one, author="a") for name, one in written.items()}
    records, expected = [], set()
    for offset, event in enumerate(events):
        verb, _, name = event.partition(" ")
        if verb == "write":
            expected.add(name)
            made = message_record(written[name])
        else:
            expected -= {name} if name != "all" else {"0", "1"}
            ids = () if name == "all" else (written[name].id,)
            made = deletion_record(Deletion(source="test", author="a", message_ids=ids, every_message=name == "all"))
        records.append(LogRecord(offset, made.key, made.value, made.schema))
    left = sorted_out(records).messages
    assert {one.message.text for one in left} == expected


@pytest.mark.parametrize(
    "record", [message_record(message(5, "tekst")), deletion_record(Deletion(source="s", author="a5"))]
)
def test_what_an_author_says_and_takes_back_has_one_key(record: Record) -> None:
    assert record.key == "a5"
    assert isinstance(message(5, "tekst"), Message)
