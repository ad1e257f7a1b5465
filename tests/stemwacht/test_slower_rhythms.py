"""The whole window is compared in a process of its own, which may die without the worker."""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stemwacht import wiring
from stemwacht.cadence import NEWS, RECONCILE, last_done, mark_done
from stemwacht.config import Settings, load
from stemwacht.slower_rhythms import WindowError, catch_up
from stemwacht.turns import WINDOW, turn
from stemwacht.watching import due
from store import Store, StoreError


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    told = {"STORE": data / "store.sqlite", "LOG": data / "log.sqlite", "OUT": tmp_path / "out", "KEY_FILE": data / "k"}
    environ = {f"STEMWACHT_PATHS__{name}": str(path) for name, path in told.items()}
    return load(None, {**environ, "STEMWACHT_EMBEDDER__NAME": "none"})


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with closing(wiring.open_store(settings)) as store:
        mark_done(store, NEWS, datetime.now(UTC))
        yield store


def test_what_is_due_is_done_once(store: Store, settings: Settings) -> None:
    assert due(store, settings, datetime.now(UTC)) == "window"
    assert catch_up(store, settings, shown=False)
    assert last_done(store, RECONCILE) is not None
    assert not catch_up(store, settings, shown=False)
    assert not multiprocessing.active_children()


def test_nothing_is_done_while_another_worker_is_at_it(store: Store, settings: Settings) -> None:
    with ThreadPoolExecutor(1) as another, turn(store, WINDOW):
        assert not another.submit(catch_up, store, settings, shown=False).result()


def test_a_process_that_is_killed_costs_the_worker_one_line(store: Store, settings: Settings) -> None:
    with ThreadPoolExecutor(1) as beside:
        caught = beside.submit(catch_up, store, settings, shown=False)
        while not multiprocessing.active_children():
            time.sleep(0.01)
        multiprocessing.active_children()[0].kill()
        with pytest.raises(WindowError, match=r"ended from outside \(exit -9\).* lower families.window_days"):
            caught.result()
    assert last_done(store, RECONCILE) is None
    assert catch_up(store, settings, shown=False)


def test_an_error_in_it_comes_to_the_worker(store: Store, settings: Settings) -> None:
    settings.paths.store.with_name("stray").write_text("")
    wrong = load(
        None,
        {
            "STEMWACHT_PATHS__STORE": str(settings.paths.store.with_name("stray") / "store.sqlite"),
            "STEMWACHT_EMBEDDER__NAME": "none",
        },
    )
    with pytest.raises((StoreError, OSError)):
        catch_up(store, wrong, shown=False)
