"""Time that is left, and trying again while there is some."""

import time
from collections.abc import Callable
from typing import TypeVar

from kafka.errors import KafkaError

from ingest.log.kafka.errors import UnreachableError

Result = TypeVar("Result")
_PAUSE_SECONDS = 0.2


def patiently(deadline: float, work: Callable[[], Result]) -> Result:
    """What `work` returns; it is tried again after errors that may pass, until the deadline of the monotonic clock."""
    while True:
        try:
            return work()
        except (KafkaError, UnreachableError) as error:
            passes = isinstance(error, UnreachableError) or error.retriable
            if not passes or time.monotonic() + _PAUSE_SECONDS > deadline:
                raise
        time.sleep(_PAUSE_SECONDS)


def left_ms(deadline: float) -> int:
    """Milliseconds until the deadline, never less than one."""
    return milliseconds(deadline - time.monotonic())


def milliseconds(seconds: float) -> int:
    """Whole milliseconds, never less than one."""
    return max(1, round(seconds * 1_000))
