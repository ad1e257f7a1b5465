"""What is past its time goes, and what somebody asks to have erased, with everything that was derived from it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis import Annotator, Languages
from ingest import Message
from ingest.log import Record, SqliteLog
from stemwacht import wiring
from stemwacht.collections import BAND_INDEX, alert_document, finding_document
from stemwacht.config import Settings
from stemwacht.forgetting import erase, forget_old
from stemwacht.keeping import keep
from stemwacht.wording_families import join_batch
from store import Store
from tests.alerts.coordination import network, shares
from tests.alerts.families import run

NOW = datetime(2026, 11, 25, tzinfo=UTC)
SHARED = "The council has quietly decided to close the library on the square, and nobody was asked."
OLD = "A sentence about the old harbour that only one letter of last spring ever held, word for word."


def message(identity: str, author: str, text: str, age_days: int) -> Message:
    return Message(
        id=identity,
        source="s",
        native_id=identity,
        kind="letter",
        text=text,
        text_written=text,
        author=author,
        published=NOW - timedelta(days=age_days),
        published_precision="second",
    )


def filled(folder: Path) -> tuple[Store, SqliteLog]:
    store, log = wiring.file_store(folder / "store.sqlite"), SqliteLog(folder / "log.sqlite")
    messages = [
        message("m_1", "p_a", SHARED, 400),
        message("m_2", "p_b", SHARED, 2),
        message("m_3", "p_a", OLD, 400),
    ]
    batch = Annotator(Languages()).annotate(messages)
    keep(store, messages, batch)
    join_batch(store, batch)
    log.append("messages", [Record(m.id, b"{}") for m in messages])
    log.commit("messages", "watch", log.read("messages", "watch", 10))
    return store, log


def test_old_messages_go_and_a_wording_stays_as_long_as_somebody_uses_it(tmp_path: Path) -> None:
    store, log = filled(tmp_path)
    old = Annotator(Languages()).annotate([message("x", "p", OLD, 0)])
    assert store.look_up(BAND_INDEX, old.keys).document
    gone = forget_old(store, log, Settings(), NOW)
    assert (gone.messages, gone.wordings, gone.waiting) == (2, 1, 3)
    assert [document.id for document in store.find("messages")] == ["m_2"]
    assert not store.look_up(BAND_INDEX, old.keys).document
    assert store.count("wordings") == 1
    again = forget_old(store, log, Settings(), NOW)
    assert (again.messages, again.wordings, again.waiting) == (0, 0, 0)


def test_a_sender_is_erased_by_pseudonym_and_a_message_by_id(tmp_path: Path) -> None:
    store, log = filled(tmp_path)
    assert erase(store, log, message_ids=[], authors=["p_a"]).messages == 2
    assert erase(store, log, message_ids=["m_2", "m_unknown"], authors=[]).messages == 1
    assert store.count("messages") == store.count("wordings") == 0


def test_an_erased_account_leaves_networks_and_alerts(tmp_path: Path) -> None:
    store, log = filled(tmp_path)
    posts = shares()
    tied = network(posts)
    (alert,) = run([tied], posts).new
    store.upsert("alerts", [alert_document(alert)])
    store.upsert("activity", [finding_document(tied)])
    erase(store, log, message_ids=[], authors=["p_3"])
    (document,) = store.find("alerts")
    assert b'"p_3"' not in document.body
    assert b'"p_2"' in document.body
    assert store.count("activity") == 0
