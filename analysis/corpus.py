"""The corpus: messages of a window with their distinct wordings, in an order that does not depend on arrival."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from analysis.annotate import AnnotatedBatch, Annotation
from analysis.wordings import SHINGLE_BITS, Wordings, bounds, ranges
from ingest import Message

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Corpus:
    """Messages by time then id; `wording[i]` is the index of message i's wording.

    `text_ids` are sorted; `texts[w]` is wording w as its earliest message has it, `keys[w]` its band keys.
    """

    messages: list[Message]
    annotations: list[Annotation]
    wording: NDArray[np.int64]
    text_ids: list[str]
    texts: list[str]
    wordings: Wordings
    keys: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.messages)


def when(message: Message) -> tuple[datetime, str]:
    """Sort key of a message: its time of publication, those without one last, then its id."""
    return (message.published or _NEVER, message.id)


def corpus(messages: Sequence[Message], batches: Iterable[AnnotatedBatch]) -> Corpus:
    """The corpus of these messages; placeholders are left out, since they say nothing that could be shared.

    `batches` are the annotations of the messages, in the same order.
    """
    kept = list(batches)
    annotations = [annotation for batch in kept for annotation in batch.annotations]
    text_ids, texts, wordings, keys = _merged(kept)
    place = {identity: i for i, identity in enumerate(text_ids)}
    said = [i for i, m in enumerate(messages) if m.placeholder is None and annotations[i].words]
    order = sorted(said, key=lambda i: when(messages[i]))
    ordered = [annotations[i] for i in order]
    wording = np.fromiter((place[a.text_id] for a in ordered), dtype=np.int64, count=len(ordered))
    for index in reversed(order):
        texts[place[annotations[index].text_id]] = messages[index].text
    return Corpus([messages[i] for i in order], ordered, wording, text_ids, texts, wordings, keys)


def _merged(batches: list[AnnotatedBatch]) -> tuple[list[str], list[str], Wordings, NDArray[np.uint64]]:
    """Distinct wordings of all batches, sorted by id."""
    first: dict[str, tuple[int, int]] = {}
    for b, batch in enumerate(batches):
        for row, identity in enumerate(batch.text_ids):
            first.setdefault(identity, (b, row))
    text_ids = sorted(first)
    texts = [batches[first[i][0]].texts[first[i][1]] for i in text_ids]
    offsets = np.concatenate([[0], np.cumsum([len(batch.text_ids) for batch in batches])]).astype(np.int64)
    rows = np.array([offsets[first[i][0]] + first[i][1] for i in text_ids], dtype=np.int64)
    keys = np.concatenate([batch.keys for batch in batches])[rows] if batches else np.zeros((0, 1), np.uint64)
    return text_ids, texts, _chosen(stacked([batch.wordings for batch in batches]), rows), keys


def stacked(parts: list[Wordings]) -> Wordings:
    """One table of wordings after another."""
    tokens = np.concatenate([p.tokens for p in parts]) if parts else np.zeros(0, np.uint64)
    sentences = np.concatenate([p.sentences for p in parts]) if parts else np.zeros(0, np.int32)
    lengths = np.concatenate([p.lengths for p in parts]) if parts else np.zeros(0, np.int64)
    counts = np.concatenate([p.shingle_counts for p in parts]) if parts else np.zeros(0, np.int64)
    base = np.concatenate([[0], np.cumsum([len(p) for p in parts])]).astype(np.uint64)
    shingles = [p.shingles + (base[i] << SHINGLE_BITS) for i, p in enumerate(parts)]
    return Wordings(
        tokens,
        bounds(lengths),
        sentences,
        np.concatenate(shingles) if shingles else np.zeros(0, np.uint64),
        bounds(counts),
    )


def _chosen(all_of_them: Wordings, rows: NDArray[np.int64]) -> Wordings:
    """The wordings at `rows`, in that order."""
    lengths, counts = all_of_them.lengths[rows], all_of_them.shingle_counts[rows]
    at = ranges(all_of_them.starts[rows], lengths)
    held = ranges(all_of_them.shingle_starts[rows], counts)
    mask = (np.uint64(1) << SHINGLE_BITS) - np.uint64(1)
    owner = np.repeat(np.arange(len(rows), dtype=np.uint64), counts)
    return Wordings(
        all_of_them.tokens[at],
        bounds(lengths),
        all_of_them.sentences[at],
        (all_of_them.shingles[held] & mask) | (owner << SHINGLE_BITS),
        bounds(counts),
    )
