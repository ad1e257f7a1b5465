"""Annotation beside reading: while the next batch is read, a process of its own annotates the last one."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from analysis import AnnotatedBatch, Annotator, Languages
from ingest import Message

_IN_FLIGHT = 3
_own: list[Annotator] = []

Annotated = tuple[list[Message], AnnotatedBatch]


class Annotators:
    """Annotates a stream of batches in order; `processes` 1 does it on the spot."""

    def __init__(self, languages: Sequence[str], processes: int) -> None:
        self._languages = tuple(languages)
        self._pool: ProcessPoolExecutor | None = None
        if processes > 1:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(processes - 1, mp_context=spawn, initializer=_start)

    def annotate(self, batches: Iterator[list[Message]]) -> Iterator[Annotated]:
        """Each batch with its annotation, in the order given."""
        if self._pool is None:
            annotator = Annotator(Languages(self._languages))
            for messages in batches:
                yield messages, annotator.annotate(messages)
            return
        waiting: deque[tuple[list[Message], Future[AnnotatedBatch]]] = deque()
        for messages in batches:
            waiting.append((messages, self._pool.submit(_annotate, self._languages, messages)))
            if len(waiting) >= _IN_FLIGHT:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _start() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A run that is killed cannot end its processes: they see to it themselves."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _annotate(languages: tuple[str, ...], messages: list[Message]) -> AnnotatedBatch:
    # Made here and not when the process starts, so that an unknown language is told as what it is.
    if not _own:
        _own.append(Annotator(Languages(languages)))
    return _own[0].annotate(messages)
