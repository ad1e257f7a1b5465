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
from stemwacht.keeping import file_wordings, keep_messages
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
    keep_messages(store, messages, batch)
    file_wordings(store, batch)
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


def test_wordings_that_very_many_share_stay_and_those_beside_them_go(tmp_path: Path) -> None:
    store, log = wiring.file_store(tmp_path / "store.sqlite"), SqliteLog(tmp_path / "log.sqlite")
    texts = [SHARED, "Het raadhuis blijft open, zo staat het in het besluit van dinsdag.", OLD]
    fresh = [message(f"n_{text}_{one}", "p_a", texts[text], 2) for text in (0, 1) for one in range(1_100)]
    old = [message(f"o_{one}", "p_a", text, 400) for one, text in enumerate(texts)]
    batch = Annotator(Languages()).annotate(fresh + old)
    keep_messages(store, fresh + old, batch)
    file_wordings(store, batch)
    gone = forget_old(store, log, Settings(), NOW)
    assert (gone.messages, gone.wordings, store.count("messages")) == (3, 1, 2_200)
    held = Annotator(Languages()).annotate(old)
    kept = {note.text_id for note in held.annotations[:2]}
    assert set(store.look_up(BAND_INDEX, held.keys).document) == kept
    store.close()
