"""The slower rhythms, each time in a process of its own: what the whole window takes of memory goes back at its end.

So the memory of a worker follows its batches. If the process is ended from outside, because memory ran out for example,
the worker says so and goes on with its batches.
"""

import multiprocessing
import signal
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from rich.console import Console

from stemwacht import wiring
from stemwacht.child_process import settle_in
from stemwacht.config import Settings
from stemwacht.logs import is_verbose, log_to_stderr
from stemwacht.stages import Stages
from stemwacht.turns import WINDOW, turn_if_free
from stemwacht.watching import Rhythm, due, look_at_accounts, reconcile
from store import Store, StoreError

_ENDED = (
    "the comparison of the whole window was ended from outside ({}), most often because memory ran out: lower "
    "families.window_days, or give the worker more memory; batches go on, nothing is lost"
)


class WindowError(StoreError):
    """The whole window could not be compared; the message names the fix."""


def catch_up(store: Store, settings: Settings, *, shown: bool) -> bool:
    """Do what is due of the slower rhythms, unless another worker is at it; says whether anything was done.

    `shown` says that progress is shown on a terminal. Errors are those of the work itself, and WindowError.
    """
    with turn_if_free(store, WINDOW) as free:
        rhythm = due(store, settings, datetime.now(UTC)) if free else None
        if rhythm is not None:
            _apart(settings, rhythm, shown)
    return rhythm is not None


def _apart(settings: Settings, rhythm: Rhythm, shown: bool) -> None:
    context = multiprocessing.get_context("spawn")
    hears, tells = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(settings, rhythm, shown, is_verbose(), tells))
    process.start()
    tells.close()
    try:
        error: Exception | None = hears.recv()
    except EOFError:
        process.join()
        raise WindowError(_ENDED.format(f"exit {process.exitcode}")) from None
    finally:
        process.kill()  # where it is done this changes nothing; where this worker is interrupted it must not go on
        process.join()
        hears.close()
    if error is not None:
        raise error


def _work(settings: Settings, rhythm: Rhythm, shown: bool, verbose: bool, tells: Connection) -> None:
    settle_in()
    log_to_stderr(verbose=verbose)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the worker is told by the worker
    try:
        _do(settings, rhythm, Stages(Console(stderr=True) if shown else None))
    except StoreError as error:
        tells.send(StoreError(str(error)))  # kinds of it with fields of their own do not travel
    except Exception as error:
        tells.send(error)
    else:
        tells.send(None)


def _do(settings: Settings, rhythm: Rhythm, stages: Stages) -> None:
    with closing(wiring.open_store(settings)) as store:
        if rhythm == "accounts":
            look_at_accounts(store, settings)
            return
        embedder = wiring.embedder(settings)
        with nullcontext() if embedder is None else closing(embedder):
            reconcile(store, wiring.annotator(settings), embedder, settings, stages)
