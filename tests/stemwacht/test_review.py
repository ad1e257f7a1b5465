"""Reading and deciding alerts on the command line."""

import json

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
