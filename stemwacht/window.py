"""Messages of a window, read back from the store and annotated again; order and batches do not matter."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

import msgspec

from analysis import AnnotatedBatch, Annotator, Corpus, corpus
from ingest import Message
from stemwacht import collections
from store import Document, Store

_BATCH = 5_000


class Window(msgspec.Struct, frozen=True):
    """Messages with their annotations, batch by batch."""

    messages: list[Message]
    batches: list[AnnotatedBatch]

    def corpus(self) -> Corpus:
        """The messages as a corpus."""
        return corpus(self.messages, self.batches)


def window(store: Store, annotator: Annotator, *, since: datetime | None, until: datetime | None) -> Window:
    """The messages published in [since, until); without `until` those of unknown time as well, last."""
    dated = store.find("messages", since=since, until=until)
    if since is None or until is not None:
        return annotated(dated, annotator)
    return annotated(chain(dated, store.find("messages", where={"published": None})), annotator)


def annotated(documents: Iterable[Document], annotator: Annotator) -> Window:
    """Stored messages with their annotations."""
    found = Window([], [])
    for part in _batches(documents):
        messages: list[Message] = [collections.stored_message(document) for document in part]
        found.messages.extend(messages)
        found.batches.append(annotator.annotate(messages))
    return found


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    part: list[Document] = []
    for document in documents:
        part.append(document)
        if len(part) == _BATCH:
            yield part
            part = []
    if part:
        yield part
