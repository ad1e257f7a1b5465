"""From labelled texts to what the detectors take: messages, a window, vectors that are kept, and labels of families."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from analysis import Annotator, Corpus, Embedder, Finding, Languages, corpus, open_embedder
from ingest import Kind, Message

_START = datetime(2026, 11, 2, tzinfo=UTC)
_BATCH = 5_000


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A text of a labelled set."""

    key: str
    text: str
    kind: Kind = "post"
    language: str | None = None
    author: str | None = None


def messages(source: str, said: Iterable[Said]) -> list[Message]:
    """The texts as messages, a minute after one another; ids follow from source and key."""
    return [
        Message(
            id="m_" + hashlib.sha256(f"{source}\x00{one.key}".encode()).hexdigest()[:24],
            source=source,
            native_id=one.key,
            kind=one.kind,
            text=one.text,
            text_written=one.text,
            author=one.author,
            language=one.language,
            published=_START + timedelta(minutes=place),
            published_precision="minute",
        )
        for place, one in enumerate(said)
    ]


def window(found: Sequence[Message]) -> Corpus:
    """The messages as a corpus."""
    parts = [found[at : at + _BATCH] for at in range(0, len(found), _BATCH)]
    return corpus(found, [_annotator().annotate(part) for part in parts])


@cache
def _annotator() -> Annotator:
    return Annotator(Languages())


def family_of(findings: Iterable[Finding]) -> dict[str, str]:
    """The family of each message that has one."""
    return {member.message_id: finding.id for finding in findings for member in finding.members}


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, gzipped or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class Vectors:
    """The default embedder, whose vectors are kept in a folder between runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._embedder: Embedder | None = None
        self._known: dict[str, NDArray[np.float32]] = {}

    def of(self, found: Corpus) -> NDArray[np.float32]:
        """A unit vector for each wording of the corpus."""
        if self._embedder is None:
            self._embedder = open_embedder("use", {})
            self._known = dict(self._kept())
        ids = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in found.texts]
        missing = {i: text for i, text in zip(ids, found.texts, strict=True) if i not in self._known}
        if missing:
            fresh = self._embedder.encode(list(missing.values()))
            self._keep(list(missing), fresh)
            self._known.update(zip(missing, fresh, strict=True))
        return np.stack([self._known[i] for i in ids])

    def close(self) -> None:
        """End the embedder."""
        if self._embedder is not None:
            self._embedder.close()

    def _path(self) -> Path:
        name = self._embedder.name if self._embedder is not None else "none"
        return self._folder / f"vectors-{name.replace('/', '-')}"

    def _kept(self) -> Mapping[str, NDArray[np.float32]]:
        known: dict[str, NDArray[np.float32]] = {}
        for path in sorted(self._path().glob("*.npz")):
            with np.load(path) as part:
                known.update(zip(part["ids"].tolist(), part["vectors"].astype(np.float32), strict=True))
        return known

    def _keep(self, ids: list[str], vectors: NDArray[np.float32]) -> None:
        self._path().mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256("".join(ids).encode()).hexdigest()[:16]
        np.savez(self._path() / f"{name}.npz", ids=np.array(ids), vectors=vectors)
