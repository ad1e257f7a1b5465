"""Embedders: texts to unit vectors. Each module beside this file has one public function, `embedder`.

Its keyword arguments are its configuration; it returns an `Embedder`. A misspelt name is an error that lists what
exists.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class EmbedderError(Exception):
    """An embedder that cannot be opened; the message names the fix."""


class Embedder(Protocol):
    """Texts to unit vectors. `name` changes whenever its vectors would; vectors of different names never mix."""

    @property
    def name(self) -> str:
        """Model and version."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages the model was made for."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), d); a text's vector does not depend on its neighbours."""

    def close(self) -> None:
        """End its workers and release its memory."""


def names() -> tuple[str, ...]:
    """The embedders there are."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def open_embedder(name: str, options: Mapping[str, object]) -> Embedder:
    """Open the embedder `name` with its options; EmbedderError names what exists when either is misspelt."""
    if name not in names():
        raise EmbedderError(f"no embedder {name!r}; there are: {', '.join(names())}")
    make: Callable[..., Embedder] = importlib.import_module(f"{__name__}.{name}").embedder
    known = list(inspect.signature(make).parameters)
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise EmbedderError(f"embedder {name!r} has no option {unknown[0]!r}; it has: {', '.join(known)}")
    return make(**options)
