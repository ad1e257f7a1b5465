"""Questions to the brokers that need no reader and no writer."""

import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, TypeVar

from kafka import KafkaAdminClient

from ingest.log.kafka.connecting import client_settings, reach
from ingest.log.kafka.options import KafkaOptions
from ingest.log.kafka.patience import patiently

Answer = TypeVar("Answer")
_LEAST_SECONDS = 1.0


def asked(options: KafkaOptions, question: Callable[[Any], Answer], seconds: float | None = None) -> Answer:
    """What `question` makes of a connection; asked again while brokers start, for so many seconds at most."""
    deadline = time.monotonic() + (options.timeout_seconds if seconds is None else seconds)

    def ask() -> Answer:
        reach(options, deadline - time.monotonic())
        left = max(_LEAST_SECONDS, deadline - time.monotonic())
        with closing(KafkaAdminClient(**client_settings(options, left))) as admin:
            return question(admin)

    return patiently(deadline, ask)
