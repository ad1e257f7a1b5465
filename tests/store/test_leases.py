"""Leases: one holder at a time, until it lets go or its time is over."""

import threading
import time

from store import Store


def test_one_holder_at_a_time(store: Store) -> None:
    assert store.claim("families", "a", 60) == "a"
    assert store.claim("families", "b", 60) == "a"
    assert store.claim("families", "a", 60) == "a"
    assert store.claim("other", "b", 60) == "b"
    store.release("families", "b")
    assert store.claim("families", "b", 60) == "a"
    store.release("families", "a")
    assert store.claim("families", "b", 60) == "b"


def test_a_lease_ends_by_itself(store: Store) -> None:
    store.claim("families", "a", 0.05)
    time.sleep(0.1)
    assert store.claim("families", "b", 60) == "b"


def test_of_many_who_ask_at_once_one_gets_it(store: Store) -> None:
    told: list[str] = []
    asking = [
        threading.Thread(target=lambda name=f"h{number}": told.append(store.claim("families", name, 60)))
        for number in range(8)
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(told) == 8
    assert len(set(told)) == 1
