"""Taking turns: what only one worker may do at a time, whichever machine it runs on.

A turn is a lease in the store, renewed while the work goes on. A worker that dies leaves its lease behind: on the same
machine the next one sees that and takes over at once, elsewhere it waits until the lease ends.
"""

import os
import platform
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store import Store, StoreError

FAMILIES, WINDOW = "families", "window"
_LEASE_SECONDS = 30.0
_PAUSE_SECONDS = 0.05
_PATIENCE_SECONDS = 1800.0


@contextmanager
def turn(store: Store, name: str, *, patience_seconds: float = _PATIENCE_SECONDS) -> Iterator[None]:
    """Do what stands in the block alone. StoreError when the turn does not come within the patience."""
    holder = _own_name()
    if not _obtained(store, name, holder, patience_seconds):
        raise StoreError(
            f"another worker has kept the turn '{name}' for {patience_seconds:,.0f} seconds; see whether it still "
            "works, and end it if not: what it did stands"
        )
    with _held(store, name, holder):
        yield


@contextmanager
def turn_if_free(store: Store, name: str) -> Iterator[bool]:
    """The same without waiting; False where another worker is at it."""
    holder = _own_name()
    if not _obtained(store, name, holder, 0):
        yield False
        return
    with _held(store, name, holder):
        yield True


@contextmanager
def _held(store: Store, name: str, holder: str) -> Iterator[None]:
    done = threading.Event()
    renewing = threading.Thread(target=_renew, args=(store, name, holder, done), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()
        store.release(name, holder)


def _renew(store: Store, name: str, holder: str, done: threading.Event) -> None:
    while not done.wait(_LEASE_SECONDS / 3):
        try:
            store.claim(name, holder, _LEASE_SECONDS)
        except StoreError:  # the work itself meets the same trouble, and says so
            continue


def _obtained(store: Store, name: str, holder: str, patience_seconds: float) -> bool:
    until = time.monotonic() + patience_seconds
    while (other := store.claim(name, holder, _LEASE_SECONDS)) != holder:
        if _has_died(other):
            store.release(name, other)
        elif time.monotonic() >= until:
            return False
        else:
            time.sleep(_PAUSE_SECONDS)
    return True


def _own_name() -> str:
    """Machine, process and thread: nobody else has it while this one lives."""
    return f"{platform.node()}/{os.getpid()}/{threading.get_ident()}"


def _has_died(holder: str) -> bool:
    machine, _, rest = holder.partition("/")
    process = rest.partition("/")[0]
    return machine == platform.node() and Path("/proc/self").exists() and not Path(f"/proc/{process}").exists()
