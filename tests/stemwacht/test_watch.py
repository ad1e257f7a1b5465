"""Watching: whatever the batches, their order and the reconciles between, the end is that of one look at all."""

import tracemalloc

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ingest import Message
from tests.stemwacht.house import House, Kept, kept, kept_in, letters, letters_file
from tests.stemwacht.stream import Watcher, in_one_go, message, messages_of, watcher

SLOGAN = "Stem woensdag voor de haven, want zonder de haven is er in dit dorp over tien jaar geen werk meer te vinden."


def world(seed: int) -> list[Message]:
    """Independent letters, a mail-merge, light edits, and a post that eight people copy."""
    written = letters(seed, 50, ("mail_merge", 9), ("light_edit", 8))
    copies = [message(500 + n, SLOGAN + " Echt." * (n % 2)) for n in range(8)]
    return [*messages_of(written), *copies]


@examples(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_batches_in_any_order_end_as_one_look_at_all(data: st.DataObject) -> None:
    messages = world(data.draw(st.integers(1, 3), label="seed"))
    order = data.draw(st.permutations(messages), label="order")
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4), label="cuts"))
    with watcher(batch=data.draw(st.sampled_from((5, 30, 1_000)), label="batch")) as watch:
        for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
            watch.hear(order[start:end])
            if data.draw(st.booleans(), label="reconcile"):
                watch.reconcile()
        watch.reconcile()
        found = kept(watch.store)
    families, alerts = in_one_go(messages)
    assert len(alerts) == 3
    assert found.families == families
    assert dict(found.current.values()) == alerts


def test_a_second_reconcile_changes_nothing() -> None:
    with watcher() as watch:
        watch.hear(world(1))
        watch.reconcile()
        before = kept(watch.store)
        watch.reconcile()
        assert kept(watch.store) == before


def test_the_same_messages_again_change_nothing() -> None:
    with watcher(batch=20) as watch:
        watch.hear(world(1))
        watch.reconcile()
        before = kept(watch.store)
        watch.hear(world(1))
        assert kept(watch.store) == before
        watch.reconcile()
        assert kept(watch.store) == before


def heard(watch: Watcher, late: list[Message]) -> tuple[Kept, Kept]:
    before = kept(watch.store)
    watch.hear(late)
    return before, kept(watch.store)


def test_a_family_that_grows_keeps_its_id_and_its_alert_between_reconciles() -> None:
    messages = world(2)
    late = messages[-3:]
    with watcher() as watch:
        watch.hear(messages[:-3])
        watch.reconcile()
        before, after = heard(watch, late)
        (family,) = [name for name, members in after.families.items() if late[0].id in members]
        (alert,) = [alert for alert in after.alerts.values() if alert.finding_id == family]
        assert after.families[family] - before.families[family] == {one.id for one in late}
        assert [change.event for change in alert.history] == ["raised", "updated"]
        assert alert.history[-1].summary.startswith("+3 messages, now 8")
        watch.reconcile()
        assert kept(watch.store).current == after.current


def test_a_campaign_that_begins_between_reconciles_is_alerted_at_once() -> None:
    messages = world(3)
    with watcher() as watch:
        watch.hear(messages[:-8])
        watch.reconcile()
        before, after = heard(watch, messages[-8:])
        assert len(after.current) == len(before.current) + 1


def test_a_batch_takes_nothing_from_a_family_that_a_reconcile_knows_better() -> None:
    written = letters(3, 120, ("mail_merge", 14), ("light_edit", 12))
    messages = messages_of(written)
    late = [one for one, letter in zip(messages, written, strict=True) if letter.truth is not None][16:]
    with watcher(batch=3) as watch:
        watch.hear([one for one in messages if one not in late])
        watch.reconcile()
        watch.hear(late)
        watch.reconcile()
        for alert in kept(watch.store).alerts.values():
            assert not any(change.event == "reconciled" or "-" in change.summary for change in alert.history)


def test_an_earlier_message_that_comes_late_moves_the_id_and_keeps_alias_and_alert() -> None:
    messages = world(1)
    early = message(900, SLOGAN, hours=-48)
    with watcher() as watch:
        watch.hear(messages)
        watch.reconcile()
        before = kept(watch.store)
        (old,) = [name for name, members in before.families.items() if messages[-1].id in members]
        watch.hear([early])
        result = watch.reconcile()
        (finding,) = [f for f in result.analysis.findings if early.id in {m.message_id for m in f.members}]
        assert finding.id != old
        assert old in finding.aliases
        after = kept(watch.store)
        assert set(after.alerts) == set(before.alerts)
        (alert,) = [alert for alert in after.alerts.values() if alert.finding_id == finding.id]
        assert alert.messages == 9
        assert old not in after.families


A, B, C, D = (
    "Wie de haven sluit, sluit het dorp, en dat hadden de bestuurders in de stad al jaren kunnen begrijpen.",
    "Mijn vader heeft er veertig jaar gewerkt en kreeg bij zijn afscheid een horloge dat nu nog loopt.",
    "De nieuwe kade ligt er verlaten bij, terwijl de rekening van negen miljoen wel gewoon is betaald.",
    "Vraag woensdag aan uw kandidaat wanneer de sluis weer open mag, en blijf staan tot er antwoord komt.",
)


def test_a_late_message_that_bridges_two_families_merges_them_into_the_older() -> None:
    organic = messages_of(letters(1, 60))
    first = [message(600 + n, f"{A} {B} {C[:20]}") for n in range(6)]
    second = [message(700 + n, f"{B[60:]} {C} {D}") for n in range(6)]
    bridge = [message(800 + n, f"{A} {B} {C} {D}") for n in range(3)]
    with watcher() as watch:
        watch.hear([*organic, *second, *first])
        watch.reconcile()
        before = kept(watch.store)
        assert {frozenset(one.id for one in first), frozenset(one.id for one in second)} <= set(
            before.families.values()
        )
        assert len(before.current) == 2
        watch.hear(bridge)
        result = watch.reconcile()
        (finding,) = [f for f in result.analysis.findings if bridge[0].id in {m.message_id for m in f.members}]
        older, younger = sorted(before.families, key=lambda name: min(before.families[name]))
        assert (finding.id, finding.aliases) == (older, (younger,))
        after = kept(watch.store)
        assert list(after.current.values()) == [(older, 15)]
        (standing,) = after.current
        (merged,) = set(after.alerts) - {standing}
        assert merged in after.alerts[standing].aliases
        assert after.alerts[merged].history[-1].event == "merged"


def test_messages_without_a_time_are_watched_too(house: House) -> None:
    written = letters(3, 60, ("mail_merge", 9))
    path = letters_file(house.folder / "letters.csv", written)
    rows = path.read_text(encoding="utf-8").replace("id,date,", "id,seen_by,", 1)
    path.write_text(rows, encoding="utf-8")
    house.well("ingest", path, "--map", "text=text,author=name,id=id")
    house.well("watch", "--once")
    assert [count for _, count in kept_in(house).current.values()] == [9]


@pytest.mark.slow
def test_the_memory_of_a_batch_does_not_follow_the_window() -> None:
    written = messages_of(letters(4, 1_240))
    batch, few, many = written[:40], written[40:140], written[140:]
    assert peak(few, batch) * 1.5 > peak([*few, *many], batch)


def peak(window: list[Message], batch: list[Message]) -> int:
    """Bytes at the peak of analysing a batch after so many messages."""
    with watcher(batch=100) as watch:
        watch.hear(window[:100])
        watch.reconcile()
        watch.hear(window[100:])
        tracemalloc.start()
        try:
            watch.hear(batch)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
