"""Requests to the server: typed answers, patience while it is busy, errors that name the fix."""

import random
import time
from collections.abc import Container, Mapping
from typing import TypeVar

import msgspec

from store.elasticsearch.answer import Answer
from store.elasticsearch.explaining import Problem, explained, problem_of
from store.elasticsearch.options import ElasticsearchOptions
from store.errors import StoreError

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 5.0
_BUSY, _NOT_READY = 429, 503
_STARTING_SECONDS = 5.0
_BLOCKED = "cluster_block_exception"
_STARTING = {"no_shard_available_action_exception", "search_phase_execution_exception"}

T = TypeVar("T")


class Connection:
    """One way to the server that any number of threads may share. Nothing is sent before the first request.

    Every error is a StoreError that names the hosts, the cause and the fix; after one the next request tries anew.
    """

    def __init__(self, options: ElasticsearchOptions) -> None:
        try:
            from store.elasticsearch.client import Client  # noqa: PLC0415 a base install has no elasticsearch
        except ModuleNotFoundError:
            raise StoreError(
                "the store on Elasticsearch needs its client: pip install stemwacht[elasticsearch]"
            ) from None
        self.options = options
        self._where = ", ".join(options.hosts)
        self._client = Client(options)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: Mapping[str, object] | None = None,
        accept: Container[int] = (),
        seconds: float | None = None,
    ) -> Answer:
        """The answer to a request; one that is neither success nor in `accept` is an error.

        `body` is bytes in newline-delimited JSON, or anything that is written as JSON. A server that is too busy is
        asked again, with growing pauses, for the time that a request may take; one that is starting, for a few seconds.
        """
        lines = isinstance(body, bytes)
        data = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        patience = Patience(self.options.timeout_seconds)
        allowed = seconds or self.options.timeout_seconds
        while True:
            answer = self._client.send(method, path, params or {}, data, lines=lines, seconds=allowed)
            if answer.status < 300 or answer.status in accept:
                return answer
            problem = problem_of(answer)
            if answer.status == _NOT_READY and is_starting(problem):
                patience.shorten(_STARTING_SECONDS)
            elif answer.status != _BUSY or is_blocked(problem):
                raise self.refused(answer.status, problem)
            if not patience.wait():
                raise self.refused(answer.status, problem)

    def read(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        type: type[T],  # noqa: A002 as msgspec calls it
        params: Mapping[str, object] | None = None,
    ) -> T:
        """The answer's body as this type."""
        return msgspec.json.decode(self.send(method, path, body, params=params).body, type=type)

    def refused(self, status: int, problem: Problem) -> StoreError:
        """What the server refused, as an error."""
        return explained(self._where, status, problem)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class Patience:
    """Pauses that double, with jitter so that those who wait do not come back together, until the time is over."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._pause = _FIRST_PAUSE_SECONDS
        self._short = False

    def shorten(self, seconds: float) -> None:
        """Be patient for this long at most, counted from the first pause that this is said for."""
        if not self._short:
            self._short = True
            self._until = min(self._until, time.monotonic() + seconds)

    def wait(self) -> bool:
        """Wait for a while; False at once when the time is over."""
        pause = random.uniform(self._pause / 2, self._pause)  # noqa: S311 no secret
        if time.monotonic() + pause > self._until:
            return False
        time.sleep(pause)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_SECONDS)
        return True


def is_starting(problem: Problem) -> bool:
    """Whether no copy of a part of the index answers: for a moment after the index was made or a node came back."""
    return problem.type in _STARTING


def is_blocked(problem: Problem) -> bool:
    """Whether the index refuses writes until somebody acts: waiting does not help."""
    return _BLOCKED in (problem.type, *(root.type for root in problem.root_cause))
