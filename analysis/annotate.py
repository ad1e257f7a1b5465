"""Annotation: what every detector needs to know of a message, computed once from its text."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    """Annotates batches; remembers the hashes of words and the languages of wordings it has met."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages
        self._hashes = TokenHashes()

    def annotate(self, messages: Sequence[Message]) -> AnnotatedBatch:
        """The annotation of each message, in order, and the distinct wordings among them, by their id."""
        rows: dict[str, tuple[str, list[str], str]] = {}
        seen: dict[str, str] = {}
        annotations = []
        for message in messages:
            identity = seen.get(message.text)
            if identity is None:
                tokens = words_and_stops(message.text)
                spoken = [token for token in tokens if token != STOP]
                identity = seen[message.text] = text_id(" ".join(spoken))
                if identity not in rows:
                    rows[identity] = (message.text, tokens, self._languages.identify(message.text))
            _, tokens, language = rows[identity]
            annotations.append(
                Annotation(
                    message_id=message.id,
                    text_id=identity,
                    words=len(tokens) - tokens.count(STOP),
                    language=message.language or language,
                )
            )
        ids = sorted(rows)
        counts = np.fromiter((len(rows[i][1]) for i in ids), dtype=np.int64, count=len(ids))
        table = self._hashes
        flat = np.fromiter((table[t] for i in ids for t in rows[i][1]), dtype=np.uint64, count=int(counts.sum()))
        found = from_hashes(flat, counts)
        return AnnotatedBatch(annotations, ids, [rows[i][0] for i in ids], found, band_keys(found))
