"""How every task of the monitor is run under a scheduler: owner, tries, time, pool, and what is said of it."""

from collections.abc import Mapping
from datetime import timedelta
from inspect import cleandoc
from typing import Any

from stemwacht.notices import on_failure

POOLS = "STEMWACHT_POOLS"
PULL, ANALYSIS = "stemwacht_pull", "stemwacht_analysis"
OWNER = "stemwacht"
_TRIES_AGAIN = 3
_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
_DEFAULT_POOL = "default_pool"


def task_defaults(environ: Mapping[str, str], pool: str, *, minutes: float) -> dict[str, Any]:
    """Arguments of a task that may take so many minutes: three more tries at doubling pauses, then a notice."""
    return {
        "owner": OWNER,
        "retries": _TRIES_AGAIN,
        "retry_delay": _PAUSE,
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": _LONGEST_PAUSE,
        "execution_timeout": timedelta(minutes=minutes),
        "pool": pool if has_pools(environ) else _DEFAULT_POOL,
        "on_failure_callback": on_failure,
    }


def has_pools(environ: Mapping[str, str]) -> bool:
    """Whether the pools of pools.json were imported; a task in a pool that does not exist would never start."""
    return environ.get(POOLS, "").lower() in ("1", "true", "yes", "on")


def page(text: str | None, **facts: object) -> str:
    """The page of a DAG: its text, the facts as a list, and what holds for all of them."""
    listed = "\n".join(f"- {name.replace('_', ' ')}: {value}" for name, value in facts.items())
    return f"{cleandoc(text or '')}\n\n{listed}\n\n{_FOR_ALL}"


_FOR_ALL = f"""\
**When a task fails** it is tried {_TRIES_AGAIN} more times, the pause doubling from a minute to half an hour at most; a
wrong configuration fails at once. Then a notice goes out. Read the last line of the task's log: it names the fix. Then
clear the task, or wait for the next run. Nothing is lost meanwhile, and to run a task twice changes nothing."""
