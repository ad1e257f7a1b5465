"""Reading and deciding alerts on the command line."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.stemwacht.house import House


def ids(house: House, *words: str) -> list[str]:
    return [alert["id"] for alert in house.well("alerts", "list", "--json", *words).json]


def test_list_and_show_say_what_stands(watched: House) -> None:
    first, second = ids(watched)
    told = watched.well("alerts", "list").out
    assert first in told
    assert second in told
    shown = watched.well("alerts", "show", first).out
    assert "letters from one template" in shown
    assert "attribution: none assessed" in shown
    assert watched.well("alerts", "show", first, "--json").json["id"] == first


def test_a_decision_stands_in_the_alert_and_in_the_log(watched: House) -> None:
    first, second = ids(watched)
    steps = (
        ("acknowledge", first, "acknowledged", None),
        ("confirm", first, "confirmed", "called the sender"),
        ("dismiss", second, "dismissed", "a class of one school"),
        ("reopen", second, "open", None),
    )
    for action, alert, status, reason in steps:
        words = () if reason is None else ("--reason", reason)
        told = watched.well("alerts", action, alert, "--by", "Noor", *words, "--json").json
        assert (told["id"], told["status"], told["by"], told["reason"]) == (alert, status, "Noor", reason)
    assert ids(watched, "--status", "confirmed") == [first]
    assert ids(watched, "--status", "dismissed") == []
    history = watched.well("alerts", "show", second, "--json").json["history"]
    assert [(change["event"], change["by"], change.get("reason")) for change in history[1:]] == [
        ("dismissed", "Noor", "a class of one school"),
        ("reopened", "Noor", None),
    ]
    log = watched.well("alerts", "log", "--json").json
    assert [entry["action"] for entry in log["entries"]] == ["acknowledged", "confirmed", "dismissed", "reopened"]
    assert (log["chain"]["entries"], log["chain"].get("broken_at")) == (4, None)
    assert "the log is whole" in watched.well("alerts", "log").out


def test_a_decision_stands_after_the_next_reconcile(watched: House) -> None:
    first, _ = ids(watched)
    watched.well("alerts", "dismiss", first, "--reason", "known")
    watched.well("watch", "--once")
    assert watched.well("alerts", "show", first, "--json").json["status"] == "dismissed"


def test_a_log_that_was_tampered_with_says_so(watched: House) -> None:
    first, _ = ids(watched)
    watched.well("alerts", "acknowledge", first, "--by", "Noor")
    watched.well("alerts", "confirm", first, "--by", "Noor")
    log = watched.folder / "data" / "reviews.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("Noor", "Mees", 1), encoding="utf-8")
    assert "broken" in watched.well("alerts", "log").out


def test_a_dismissal_without_a_reason_is_refused_and_leaves_no_trace(watched: House) -> None:
    first, _ = ids(watched)
    for words in ((), ("--reason", " ")):
        ran = watched.run("alerts", "dismiss", first, *words)
        assert ran.code == 4
        assert "needs a reason" in ran.complaint
    assert watched.well("alerts", "show", first, "--json").json["status"] == "open"
    assert watched.well("alerts", "log", "--json").json["entries"] == []


def test_what_cannot_be_says_what_can(watched: House) -> None:
    first, _ = ids(watched)
    assert "acknowledge, confirm, dismiss" in watched.run("alerts", "reopen", first).complaint
    watched.well("alerts", "confirm", first)
    ran = watched.run("alerts", "dismiss", first, "--reason", "x")
    assert (ran.code, "possible now: reopen" in ran.complaint) == (4, True)
    unknown = watched.run("alerts", "show", "a_nothing")
    assert (unknown.code, "`stemwacht alerts list`" in unknown.complaint) == (4, True)
    misspelt = watched.run("alerts", "list", "--status", "opne")
    assert (misspelt.code, misspelt.complaint.endswith("open, acknowledged, confirmed, dismissed")) == (4, True)


def test_every_command_prints_one_json_document(watched: House) -> None:
    path = watched.folder / "letters.csv"
    for words in (
        ("ingest", path, "--json"),
        ("watch", "--once", "--json"),
        ("config", "--json"),
        ("alerts", "log", "--json"),
    ):
        ran = watched.well(*words)
        json.loads(ran.out)
        assert ran.err == ""


def busiest_week(alert: Mapping[str, Any]) -> str:
    counted: Counter[str] = Counter()
    for start, messages in alert["timeline"]:
        counted["{}-W{:02}".format(*datetime.fromisoformat(start).isocalendar()[:2])] += messages
    return counted.most_common(1)[0][0]


def test_a_reply_is_recorded_scrubbed_and_stands_in_report_and_feeds(watched: House) -> None:
    first, _ = ids(watched)
    answer = watched.folder / "answer.txt"
    answer.write_text("Dat waren wij, @jan_jansen.\nBel 06-12345678 of mail jan@voorbeeld.nl.\n", encoding="utf-8")
    told = watched.well("alerts", "reply", first, "--file", answer, "--by", "Noor")
    assert told.out.strip() == f"{first}: reply recorded"
    shown = watched.well("alerts", "show", first, "--json").json
    assert (shown["status"], shown["history"][-1]["event"]) == ("open", "replied")
    assert "Dat waren wij, @p_" in shown["reply"]
    log = (watched.folder / "data" / "reviews.jsonl").read_text(encoding="utf-8")
    assert '"action":"replied","by":"Noor"' in log
    assert "the log is whole" in watched.well("alerts", "log").out
    watched.well("watch", "--once")
    week = busiest_week(shown)
    watched.well("report", "--week", week)
    out = watched.folder / "out"
    pages = [out / week / name for name in ("report.html", "feed.atom", "alerts.json")] + [out / "feed.json"]
    for text in (shown["reply"], log, *(page.read_text(encoding="utf-8") for page in pages)):
        assert "Dat waren wij" in text
        for personal in ("jan_jansen", "12345678", "jan@voorbeeld"):
            assert personal not in text
    assert "Noor" not in (out / "feed.json").read_text(encoding="utf-8")


def test_a_reply_is_given_in_one_way_and_can_be_read(watched: House) -> None:
    first, _ = ids(watched)
    answer = watched.folder / "answer.txt"
    answer.write_bytes(b"caf\xe9")
    for words, complaint in (
        ((), "either as --text or as --file"),
        (("--text", "x", "--file", answer), "either as --text or as --file"),
        (("--text", " "), "needs words"),
        (("--file", answer), "no text in UTF-8"),
        (("--file", watched.folder / "nowhere.txt"), "cannot be read"),
    ):
        ran = watched.run("alerts", "reply", first, *words)
        assert (ran.code, complaint in ran.complaint) == (4, True)
    assert watched.well("alerts", "log", "--json").json["entries"] == []
