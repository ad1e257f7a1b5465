"""Annotation: what every detector needs to know of a message, computed once from its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import msgspec
import numpy as np
from numpy.typing import NDArray

from analysis.fingerprints import band_keys
from analysis.language import Languages
from analysis.normal_form import STOP, text_id, words_and_stops
from analysis.wordings import TokenHashes, Wordings, from_hashes
from ingest import Message


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """Of one message: its wording's id, how many words it has, its language as identified (ISO 639-1 or "und")."""

    message_id: str
    text_id: str
    words: int
    language: str


@dataclass(frozen=True)
class AnnotatedBatch:
    """A batch with its distinct wordings: `texts[i]` reads as `text_ids[i]`, which has row i of `keys`."""

    annotations: list[Annotation]
    text_ids: list[str]
    texts: list[str]
    wordings: Wordings
    keys: NDArray[np.uint64]


class Annotator:
    """Annotates batches; remembers the hashes of the words it has met."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages
        self._hashes = TokenHashes()

    def annotate(self, messages: Sequence[Message]) -> AnnotatedBatch:
        """The annotation of each message, in order, and the distinct wordings among them, by their id."""
        rows: dict[str, _Read] = {}
        seen: dict[str, str] = {}
        annotations = []
        for message in messages:
            identity = seen.get(message.text)
            if identity is None:
                read = _read(message.text)
                identity = seen[message.text] = read.text_id
                rows.setdefault(identity, read)
            read = rows[identity]
            annotations.append(
                Annotation(
                    message_id=message.id,
                    text_id=identity,
                    words=read.words,
                    language=message.language or self._language(read),
                )
            )
        ids = sorted(rows)
        found = self._wordings([rows[identity].tokens for identity in ids])
        return AnnotatedBatch(annotations, ids, [rows[identity].text for identity in ids], found, band_keys(found))

    def _language(self, read: "_Read") -> str:
        if read.language is None:
            # From its words alone, so that links and capitals, which copies differ in, do not decide.
            read.language = self._languages.identify(" ".join(token for token in read.tokens if token != STOP))
        return read.language

    def _wordings(self, tokens: list[list[str]]) -> Wordings:
        counts = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
        hashed = map(self._hashes.__getitem__, chain.from_iterable(tokens))
        return from_hashes(np.fromiter(hashed, dtype=np.uint64, count=int(counts.sum())), counts)


class _Read(msgspec.Struct):
    """A wording as read; its language is identified when first asked for, since many files name it."""

    text: str
    text_id: str
    tokens: list[str]
    words: int
    language: str | None = None


def _read(text: str) -> _Read:
    tokens = words_and_stops(text)
    spoken = [token for token in tokens if token != STOP]
    return _Read(text=text, text_id=text_id(" ".join(spoken)), tokens=tokens, words=len(spoken))
