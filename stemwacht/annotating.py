"""Annotation beside reading: while the next batch is read, a process of its own annotates the last one and keeps it."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing

import msgspec

from analysis import AnnotatedBatch, Annotator, Languages
from ingest import Message
from stemwacht.child_process import settle_in
from stemwacht.keeping import keep_messages
from store import Store

_IN_FLIGHT = 3


class _Work(msgspec.Struct, frozen=True):
    """What a process needs to know to do its part."""

    languages: tuple[str, ...]
    open_store: Callable[[], Store]


class _Desk:
    """An annotator and the store it writes to."""

    def __init__(self, work: _Work) -> None:
        self._annotator = Annotator(Languages(work.languages))
        self._store = work.open_store()

    def handle(self, messages: list[Message]) -> AnnotatedBatch:
        annotated = self._annotator.annotate(messages)
        keep_messages(self._store, messages, annotated)
        return annotated

    def close(self) -> None:
        self._store.close()


_own: list[_Desk] = []
# Messages go to the other process several times faster this way than as a pickle.
_packed, _unpacked = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(list[Message])

Annotated = tuple[list[Message], AnnotatedBatch]


class Annotators:
    """Annotates a stream of batches in order and writes them to the store; `processes` 1 does it on the spot.

    `open_store` opens the store in the process that writes; it must be picklable.
    """

    def __init__(self, languages: Sequence[str], processes: int, open_store: Callable[[], Store]) -> None:
        self._work = _Work(tuple(languages), open_store)
        self._pool: ProcessPoolExecutor | None = None
        if processes > 1:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(processes - 1, mp_context=spawn, initializer=settle_in)

    def annotate(self, batches: Iterator[list[Message]]) -> Iterator[Annotated]:
        """Each batch with its annotation, in the order given, once it is in the store."""
        if self._pool is None:
            with closing(_Desk(self._work)) as desk:
                for messages in batches:
                    yield messages, desk.handle(messages)
            return
        waiting: deque[tuple[list[Message], Future[AnnotatedBatch]]] = deque()
        for messages in batches:
            waiting.append((messages, self._pool.submit(_handle, self._work, _packed.encode(messages))))
            if len(waiting) >= _IN_FLIGHT:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _handle(work: _Work, packed: bytes) -> AnnotatedBatch:
    # Opened here and not when the process starts, so that an unknown language or a full disk is told as what it is.
    if not _own:
        _own.append(_Desk(work))
    return _own[0].handle(_unpacked.decode(packed))
