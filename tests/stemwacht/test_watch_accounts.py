"""What accounts do is seen between reconciles, whatever the order, the batches and the repeats of what comes in."""

from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.detectors import sharing
from ingest import Message
from stemwacht.collections import stored_alert, stored_finding
from stemwacht.watching import look_at_accounts
from tests.analysis.sharing.worlds import GROUP, SMALL
from tests.stemwacht.stream import Watcher, watcher

IN_ONE_GO = sharing.detect(SMALL, [])


def heard(watch: Watcher, messages: list[Message], cuts: list[int]) -> None:
    for start, end in zip([0, *cuts], [*cuts, len(messages)], strict=True):
        watch.hear(messages[start:end])


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32))
def test_any_batches_in_any_order_with_repeats_end_as_one_look_at_all(seed: int) -> None:
    lot = Random(seed)
    messages = [*SMALL, *lot.sample(SMALL, 200)]
    lot.shuffle(messages)
    with watcher() as watch:
        heard(watch, messages, sorted(lot.sample(range(1, len(messages)), 2)))
        look_at_accounts(watch.store, watch.settings)
        stored = [stored_finding(document) for document in watch.store.find("activity", where={"detector": "sharing"})]
    assert sorted(stored, key=lambda finding: finding.id) == sorted(IN_ONE_GO.findings, key=lambda finding: finding.id)


def test_a_network_is_alerted_between_reconciles_and_a_reconcile_changes_nothing() -> None:
    with watcher() as watch:
        watch.hear(SMALL[:-24])
        look_at_accounts(watch.store, watch.settings)
        watch.hear(SMALL[-24:])
        look_at_accounts(watch.store, watch.settings)
        (alert,) = [stored_alert(document) for document in watch.store.find("alerts")]
        watch.reconcile()
        (after,) = [stored_alert(document) for document in watch.store.find("alerts")]
    assert alert.network is not None
    assert set(alert.network.accounts) == GROUP
    assert [change.event for change in alert.history] == ["raised", "updated"]
    assert msgspec.structs.replace(after, history=()) == msgspec.structs.replace(alert, history=())
