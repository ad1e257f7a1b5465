"""How the monitor stands, what is announced, and dead letters once more."""

from pathlib import Path

import msgspec

from alerts import Alert
from ingest import ALERTS, DEAD_LETTERS, MESSAGES, message_record
from ingest.log import Record
from stemwacht import wiring
from stemwacht.announcing import announce
from stemwacht.replaying import replay
from stemwacht.standing import standing
from stemwacht.watching import drain
from tests.stemwacht.house import House, letters, letters_file
from tests.stemwacht.stream import annotator, message, messages_of, watcher


def test_each_alert_and_each_change_of_it_is_announced_once() -> None:
    with watcher() as watching:
        watching.hear(messages_of(letters(3, 60, ("mail_merge", 14))))
        assert announce(watching.log, watching.store) == 0
        watching.reconcile()
        assert announce(watching.log, watching.store) == 1
        assert announce(watching.log, watching.store) == 0
        (record,) = watching.log.read(ALERTS, "test", 10)
        alert = msgspec.json.decode(record.value, type=Alert)
        assert (record.key, record.schema) == (alert.id, "alert/1")
        grown = messages_of(letters(3, 60, ("mail_merge", 19))[60:], first=500)
        watching.hear(grown)
        watching.reconcile()
        changed = announce(watching.log, watching.store)
        assert changed == len(watching.log.read(ALERTS, "test", 10)) - 1


def test_what_was_set_aside_comes_back_once_its_cause_is_mended() -> None:
    with watcher() as watching:
        good = message_record(message(1, "tekst"))
        watching.log.append(MESSAGES, [Record(good.key, good.value, "message/99"), good])
        drain(watching.log, watching.store, annotator(), watching.settings)
        assert standing(watching.log, watching.store).dead_letters == 1
        done = replay(watching.log)
        assert (done.replayed, done.gone, done.unreadable) == (1, 0, 0)
        assert standing(watching.log, watching.store).waiting == 1
        assert standing(watching.log, watching.store).dead_letters == 0
        drain(watching.log, watching.store, annotator(), watching.settings)
        assert replay(watching.log).replayed == 1


def test_a_record_that_is_kept_no_longer_is_said_to_be_gone() -> None:
    with watcher() as watching:
        watching.log.append(MESSAGES, [Record("k", b"?", "message/1")])
        drain(watching.log, watching.store, annotator(), watching.settings)
        watching.log.trim(MESSAGES)
        watching.log.append(DEAD_LETTERS, [Record("k", b"not a letter")])
        done = replay(watching.log)
        assert (done.replayed, done.gone, done.unreadable) == (0, 1, 1)


def test_status_tells_what_waits_and_what_stands(house: House) -> None:
    path = letters_file(house.folder / "letters.csv", letters(3, 60, ("mail_merge", 14)))
    house.well("ingest", path)
    assert house.well("status", "--json").json["waiting"] == 74
    assert house.run("status", "--most-waiting", "73").code == 11
    house.well("watch", "--once")
    told = house.well("status")
    assert "0 records wait" in told.out
    assert "1 open" in told.out
    assert "never" not in told.out.splitlines()[2]
    assert "letters: 74 read, 74 kept" in told.out
    house.well("replay")


def test_what_a_worker_left_undone_the_next_one_does(tmp_path: Path) -> None:
    house = House(tmp_path)
    store = wiring.file_store(tmp_path / "data" / "store.sqlite")
    store.claim("families", "elsewhere/1/1", 0.5)
    house.well("ingest", letters_file(tmp_path / "letters.csv", letters(3, 20)))
    house.well("watch", "--once")
    assert store.count("messages") == 20
    store.close()
