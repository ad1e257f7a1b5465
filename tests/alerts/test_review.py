"""Decisions on alerts, and the log that shows when someone rewrote it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import Alert, ReviewEntry, acknowledge, confirm, dismiss, is_current, reopen, reply, review_log
from tests.alerts.families import NOW, campaign_posts, finding, run

ACTIONS: dict[str, Callable[[Alert, str, str | None, datetime], Alert]] = {
    "acknowledge": acknowledge,
    "confirm": confirm,
    "dismiss": dismiss,
    "reopen": reopen,
}


def open_alert() -> Alert:
    """An alert as raised."""
    posts = campaign_posts()
    return run([finding(posts)], posts).new[0]


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        (["acknowledge", "confirm"], "confirmed"),
        (["acknowledge", "dismiss", "reopen"], "open"),
        (["confirm", "reopen", "dismiss"], "dismissed"),
        (["acknowledge", "reopen", "acknowledge"], "acknowledged"),
    ],
)
def test_legal_steps_are_told_in_the_history(steps: list[str], status: str) -> None:
    alert = open_alert()
    for step in steps:
        alert = ACTIONS[step](alert, "Jansen", "seen the letters", NOW)
    assert alert.status == status
    assert len(alert.history) == 1 + len(steps)
    assert all(change.by == "Jansen" and change.reason for change in alert.history[1:])


@pytest.mark.parametrize(
    ("steps", "illegal", "possible"),
    [
        ([], "reopen", "acknowledge, confirm, dismiss"),
        (["acknowledge"], "acknowledge", "confirm, dismiss, reopen"),
        (["confirm"], "dismiss", "reopen"),
        (["dismiss"], "confirm", "reopen"),
    ],
)
def test_an_illegal_step_names_the_legal_ones(steps: list[str], illegal: str, possible: str) -> None:
    alert = open_alert()
    for step in steps:
        alert = ACTIONS[step](alert, "Jansen", "why", NOW)
    with pytest.raises(ValueError, match=f"possible now: {possible}"):
        ACTIONS[illegal](alert, "Jansen", "why", NOW)


def test_dismissing_needs_a_reason_and_every_decision_a_name_and_a_zone() -> None:
    alert = open_alert()
    for reason in (None, "", "  "):
        with pytest.raises(ValueError, match="needs a reason"):
            dismiss(alert, "Jansen", reason, NOW)
    with pytest.raises(ValueError, match="say who decides"):
        confirm(alert, " ", None, NOW)
    with pytest.raises(ValueError, match="zone"):
        confirm(alert, "Jansen", None, NOW.replace(tzinfo=None))


@pytest.mark.parametrize("steps", [[], ["acknowledge"], ["confirm"], ["dismiss"]])
def test_a_reply_is_kept_in_every_status_and_changes_none(steps: list[str]) -> None:
    alert = open_alert()
    for step in steps:
        alert = ACTIONS[step](alert, "Jansen", "why", NOW)
    first = reply(alert, "Jansen", " Dat waren wij, openlijk. ", NOW)
    second = reply(first, "Jansen", "Zie ook onze site.", NOW)
    assert (first.status, first.reply, second.reply) == (alert.status, "Dat waren wij, openlijk.", "Zie ook onze site.")
    assert [(change.event, change.reason) for change in second.history[-2:]] == [
        ("replied", "Dat waren wij, openlijk."),
        ("replied", "Zie ook onze site."),
    ]
    assert is_current(second)


@pytest.mark.parametrize("words", [None, "", " \n"])
def test_a_reply_without_words_is_none(words: str | None) -> None:
    with pytest.raises(ValueError, match="needs words"):
        reply(open_alert(), "Jansen", words, NOW)


def test_a_reply_stays_when_the_alert_is_updated() -> None:
    posts = campaign_posts()
    answered = reply(run([finding(posts)], posts).new[0], "Jansen", "Dat waren wij.", NOW)
    more = campaign_posts(12)
    (updated,) = run([finding(more)], more, existing=[answered]).current
    assert (updated.messages, updated.reply) == (12, "Dat waren wij.")


def written(path: Path, count: int) -> list[ReviewEntry]:
    """A log of as many decisions."""
    return [
        review_log.append(
            path, ReviewEntry(alert_id=f"a_{n}", action="dismissed", by="Jansen", at=NOW, reason=f"reason {n} é")
        )
        for n in range(count)
    ]


def test_the_log_reads_back_and_verifies(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "reviews.jsonl"
    assert review_log.verify(path).entries == 0
    assert review_log.read(path) == ()
    entries = written(path, 5)
    assert review_log.read(path) == tuple(entries)
    chain = review_log.verify(path)
    assert chain.whole
    assert chain.entries == 5


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_flipped_bit_before_the_last_line_breaks_the_chain(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "reviews.jsonl"
    written(path, 4)
    body = bytearray(path.read_bytes())
    last = body[:-1].rfind(b"\n") + 1
    body[at % last] ^= 1 << bit
    path.write_bytes(body)
    chain = review_log.verify(path)
    assert not chain.whole
    assert chain.why


@pytest.mark.parametrize("tamper", ["remove", "insert", "swap"])
def test_removed_inserted_and_swapped_lines_show(tmp_path: Path, tamper: str) -> None:
    path = tmp_path / "reviews.jsonl"
    written(path, 5)
    lines = path.read_bytes().splitlines(keepends=True)
    if tamper == "remove":
        del lines[2]
    elif tamper == "insert":
        lines.insert(2, lines[2])
    else:
        lines[1], lines[2] = lines[2], lines[1]
    path.write_bytes(b"".join(lines))
    assert review_log.verify(path).broken_at in {2, 3, 4}


def test_a_cut_off_end_shows_in_the_head(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    written(path, 5)
    head = review_log.verify(path).head
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    chain = review_log.verify(path)
    assert chain.whole
    assert chain.head != head


def test_a_line_that_was_never_finished_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    written(path, 2)
    with path.open("ab") as log:
        log.write(b'{"alert_id": "a_9", "act')
    assert len(review_log.read(path)) == 2
    written(path, 1)
    assert review_log.verify(path).entries == 3


def test_a_spoilt_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(b"nonsense\n")
    with pytest.raises(ValueError, match="line 1"):
        review_log.read(path)
    assert review_log.verify(path).broken_at == 1
