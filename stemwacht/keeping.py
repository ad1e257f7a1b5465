"""Annotated messages into the store."""

from collections.abc import Sequence

from analysis import AnnotatedBatch
from ingest import Message
from stemwacht import collections
from store import Store


def keep_messages(store: Store, messages: Sequence[Message], annotated: AnnotatedBatch) -> None:
    """Write messages with their annotations."""
    pairs = zip(messages, annotated.annotations, strict=True)
    store.upsert("messages", [collections.message_document(message, note) for message, note in pairs])


def file_wordings(store: Store, annotated: AnnotatedBatch) -> None:
    """File the wordings under their band keys, so that later batches find them."""
    store.add_keys(collections.BAND_INDEX, annotated.text_ids, annotated.keys)
