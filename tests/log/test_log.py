"""The log: in order, at least once, each group at its own place."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ingest.log import Log, LogRecord, Record, SqliteLog
from store import Collection, Document, SqliteStore

ROOT = Path(__file__).parents[2]


def embedded(request: pytest.FixtureRequest) -> Callable[[Path], Log]:
    return lambda folder: SqliteLog(folder / "log.sqlite")


def kafka(request: pytest.FixtureRequest) -> Callable[[Path], Log]:
    from tests.log.kafka.brokers import opener

    return opener(request.getfixturevalue("kafka"), request.getfixturevalue("prefix"))


MEMBERS = [embedded, pytest.param(kafka, marks=pytest.mark.engines)]


@pytest.fixture(params=MEMBERS, ids=lambda member: member.__name__)
def factory(request: pytest.FixtureRequest) -> Callable[[Path], Log]:
    """Opens the log of the test, the same one each time."""
    opened: Callable[[Path], Log] = request.param(request)
    return opened


@pytest.fixture
def log(factory: Callable[[Path], Log], tmp_path: Path) -> Iterator[Log]:
    made = factory(tmp_path)
    yield made
    made.close()


def records(*keys: str) -> list[Record]:
    return [Record(key, f"value of {key}".encode("utf-8", "surrogatepass")) for key in keys]


def keys(read: list[LogRecord]) -> list[str]:
    return [record.key for record in read]


def test_what_is_appended_is_read_in_order_until_it_is_committed(log: Log) -> None:
    assert log.append("messages", records("a", "b", "c")) == 3
    first = log.read("messages", "annotate", 2)
    assert keys(first) == ["a", "b"]
    assert first[0].value == b"value of a"
    assert log.read("messages", "annotate", 2) == first
    log.commit("messages", "annotate", first[:1])
    assert keys(log.read("messages", "annotate", 9)) == ["b", "c"]
    assert log.lag("messages", "annotate") == 2


def test_a_record_keeps_its_schema_and_can_be_read_again_at_its_place(log: Log) -> None:
    log.append("messages", [Record("a", b"1", "message/1"), Record("b", b"2")])
    read = {record.key: record for record in log.read("messages", "g", 9)}
    assert [read[key].schema for key in "ab"] == ["message/1", ""]
    log.commit("messages", "g", list(read.values()))
    for record in read.values():
        assert log.at("messages", record.partition, record.offset) == record
        assert log.at("messages", record.partition, record.offset + 10_000) is None
    assert log.at("messages", 10_000, 0) is None


def test_groups_and_topics_are_apart(log: Log) -> None:
    log.append("messages", records("a"))
    log.append("dead-letters", records("z"))
    log.commit("messages", "one", log.read("messages", "one", 1)[:1])
    assert log.lag("messages", "one") == 0
    assert keys(log.read("messages", "two", 9)) == ["a"]
    assert keys(log.read("dead-letters", "one", 9)) == ["z"]


def test_a_commit_never_moves_back(log: Log) -> None:
    log.append("messages", records("a", "b", "c"))
    read = log.read("messages", "g", 9)
    log.commit("messages", "g", read[:2])
    log.commit("messages", "g", read[:1])
    log.commit("messages", "g", [])
    assert keys(log.read("messages", "g", 9)) == ["c"]


def test_a_topic_that_nobody_wrote_is_empty(log: Log) -> None:
    assert log.read("alerts", "g", 5) == []
    assert log.lag("alerts", "g") == 0
    assert log.append("alerts", []) == 0


def test_the_same_key_twice_is_two_records(log: Log) -> None:
    log.append("messages", records("a"))
    log.append("messages", records("a"))
    assert keys(log.read("messages", "g", 9)) == ["a", "a"]


def test_any_key_is_data(log: Log) -> None:
    strange = ["", "a\0b", "\ud800", "'; --", "é"]
    log.append("messages", records(*strange))
    assert keys(log.read("messages", "g", 9)) == strange


def test_position_and_records_are_there_when_opened_again(factory: Callable[[Path], Log], tmp_path: Path) -> None:
    first = factory(tmp_path)
    first.append("messages", records("a", "b"))
    first.commit("messages", "g", first.read("messages", "g", 1)[:1])
    first.close()
    second = factory(tmp_path)
    assert keys(second.read("messages", "g", 9)) == ["b"]
    second.close()


class LogAgainstAList(RuleBasedStateMachine):
    """Any appends, reads and commits: each group sees the list from its place on."""

    def __init__(self, opened: Callable[[], Log]) -> None:
        super().__init__()
        self.log = opened()
        self.written: list[str] = []
        self.handled = {"g": 0, "h": 0}

    @rule(more=st.lists(st.text(max_size=3), max_size=4))
    def append(self, more: list[str]) -> None:
        self.log.append("t", records(*more))
        self.written += more

    @rule(group=st.sampled_from("gh"), limit=st.integers(1, 5))
    def look(self, group: str, limit: int) -> None:
        assert keys(self.log.read("t", group, limit)) == self.written[self.handled[group] :][:limit]

    @rule(group=st.sampled_from("gh"), limit=st.integers(1, 5), part=st.integers(1, 5))
    def handle(self, group: str, limit: int, part: int) -> None:
        read = self.log.read("t", group, limit)
        assert keys(read) == self.written[self.handled[group] :][:limit]
        if read:
            self.log.commit("t", group, read[:part])
            self.handled[group] += len(read[:part])

    @invariant()
    def lag_is_what_is_left(self) -> None:
        for group, handled in self.handled.items():
            assert self.log.lag("t", group) == len(self.written) - handled

    def teardown(self) -> None:
        self.log.close()


def test_any_appends_reads_and_commits_leave_each_group_at_its_place() -> None:
    few = settings(max_examples=15, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(lambda: LogAgainstAList(lambda: SqliteLog(None)), settings=few)


@pytest.mark.engines
def test_the_same_over_kafka(kafka: str, prefix: str, tmp_path: Path) -> None:
    from tests.log.kafka.brokers import opener

    number = count()
    few = settings(max_examples=4, stateful_step_count=12, deadline=None)
    run_state_machine_as_test(
        lambda: LogAgainstAList(lambda: opener(kafka, f"{prefix}{next(number)}-")(tmp_path)), settings=few
    )


def test_a_killed_writer_leaves_whole_batches(tmp_path: Path) -> None:
    code = (
        "import sys; from itertools import count; from pathlib import Path; from ingest.log import *; "
        "log = SqliteLog(Path(sys.argv[1]) / 'log.sqlite')\n"
        "for n in count(): log.append('t', [Record(f'{n}-{i}', b'x' * 500) for i in range(10)]); print(n, flush=True)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        said = writer.stdout or sys.stdin
        for _ in range(20):
            said.readline()
        writer.kill()
        acknowledged = 20 + len(said.read().splitlines())
    log = SqliteLog(tmp_path / "log.sqlite")
    found = keys(log.read("t", "g", 10**6))
    assert len(found) in {acknowledged * 10, acknowledged * 10 + 10}
    assert found == [f"{number // 10}-{number % 10}" for number in range(len(found))]
    log.close()


def test_log_and_store_may_share_a_file(tmp_path: Path) -> None:
    store, log = SqliteStore(tmp_path / "all.sqlite"), SqliteLog(tmp_path / "all.sqlite")
    store.create([Collection(name="posts")])
    log.append("messages", records("a"))
    store.upsert("posts", [Document(id="a", body=b"{}")])
    assert log.lag("messages", "g") == store.count("posts") == 1
    log.close()
    store.close()


def test_a_group_may_commit_what_another_has_read(log: Log) -> None:
    log.append("t", records("a", "b", "c"))
    read = log.read("t", "one", 10)
    log.commit("t", "two", read[:1])
    assert keys(log.read("t", "two", 10)) == ["b", "c"]
    assert log.lag("t", "one") == 3


def test_trim_drops_what_every_group_has_handled_and_numbers_go_on(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "log.sqlite")
    log.append("t", records("a", "b", "c"))
    assert log.trim("t") == 0
    first = log.read("t", "one", 10)
    log.commit("t", "one", first)
    log.commit("t", "two", first[:1])
    assert log.trim("t") == 1
    assert [record.key for record in log.read("t", "two", 10)] == ["b", "c"]
    log.commit("t", "two", first)
    assert log.trim("t") == 2
    log.append("t", records("d"))
    assert [record.key for record in log.read("t", "one", 10)] == ["d"]
    assert log.lag("t", "two") == 1
    log.close()


def test_a_file_of_the_first_version_is_read_on(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "log.sqlite") as connection:
        connection.executescript(
            "CREATE TABLE log_record (topic TEXT NOT NULL, number INTEGER NOT NULL, key BLOB NOT NULL,"
            " value BLOB NOT NULL, PRIMARY KEY (topic, number));"
            "INSERT INTO log_record VALUES ('messages', 0, X'61', X'7B7D')"
        )
    connection.close()
    log = SqliteLog(tmp_path / "log.sqlite")
    assert log.read("messages", "g", 9) == [LogRecord(0, "a", b"{}")]
    log.append("messages", [Record("b", b"", "message/1")])
    assert [record.schema for record in log.read("messages", "g", 9)] == ["", "message/1"]
    log.close()
