"""Any sentence-transformers model, by name or by folder, on CPU or GPU. Needs the extra [models]."""

from collections.abc import Sequence

import numpy as np
import sentence_transformers
from numpy.typing import NDArray

from analysis.embedders import Embedder, EmbedderError


class _SentenceTransformer:
    def __init__(self, model: str, languages: frozenset[str], device: str | None, batch: int, prompt: str) -> None:
        try:
            self._model = sentence_transformers.SentenceTransformer(model, device=device)
        except (OSError, ValueError) as error:
            raise EmbedderError(
                f"no sentence-transformers model {model!r} on this machine; give the folder of a downloaded model "
                f'as [embedder.options] model = "/path" ({type(error).__name__})'
            ) from error
        self._source, self._languages, self._batch, self._prompt = model, languages, batch, prompt

    @property
    def name(self) -> str:
        return f"sentence-transformers/{self._source.rstrip('/').rsplit('/', 1)[-1]}{'+' if self._prompt else ''}"

    @property
    def languages(self) -> frozenset[str]:
        return self._languages

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        readable = [self._prompt + text.encode("utf-8", "ignore").decode("utf-8") for text in texts]
        vectors = self._model.encode(
            readable, batch_size=self._batch, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def close(self) -> None:
        return None


def embedder(
    *, model: str, languages: Sequence[str] = (), device: str | None = None, batch: int = 64, prompt: str = ""
) -> Embedder:
    """The model by name or folder; `languages` are those it knows, `prompt` stands before each text (e5: "query: ")."""
    return _SentenceTransformer(model, frozenset(languages), device, batch, prompt)
