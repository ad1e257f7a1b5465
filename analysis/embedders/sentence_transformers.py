"""Any sentence-transformers model, by name or by folder, on CPU or GPU. Needs the extra [models]."""

import hashlib
from collections.abc import Sequence

import numpy as np
import sentence_transformers
from numpy.typing import NDArray

from analysis.embedders import Embedder, EmbedderError

_SAMPLED_WEIGHTS = 256


class _SentenceTransformer:
    def __init__(self, model: str, languages: frozenset[str], device: str | None, batch: int, prompt: str) -> None:
        try:
            self._model = sentence_transformers.SentenceTransformer(model, device=device)
        except (OSError, ValueError) as error:
            raise EmbedderError(
                f"no sentence-transformers model {model!r} on this machine; give the folder of a downloaded model "
                f'as [embedder.options] model = "/path" ({type(error).__name__})'
            ) from error
        self._languages, self._batch, self._prompt = languages, batch, prompt
        self._width = len(self._model.encode(["one"], show_progress_bar=False)[0])
        self._name = f"sentence-transformers/{model.rstrip('/').rsplit('/', 1)[-1]}/{self._fingerprint()}"

    @property
    def name(self) -> str:
        return self._name

    @property
    def languages(self) -> frozenset[str]:
        return self._languages

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        readable = [self._prompt + text.encode("utf-8", "ignore").decode("utf-8") for text in texts]
        vectors = self._model.encode(
            readable, batch_size=self._batch, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self._width)

    def close(self) -> None:
        return None

    def _fingerprint(self) -> str:
        # Folders of different models may bear one name, so the weights and the prompt tell which vectors these are.
        digest = hashlib.blake2b(self._prompt.encode("utf-8", "surrogatepass"), digest_size=6)
        for name, weights in self._model.state_dict().items():
            digest.update(f"{name} {tuple(weights.shape)} ".encode())
            digest.update(weights.flatten()[:_SAMPLED_WEIGHTS].float().cpu().numpy().tobytes())
        return digest.hexdigest()


def embedder(
    *, model: str, languages: Sequence[str] = (), device: str | None = None, batch: int = 64, prompt: str = ""
) -> Embedder:
    """The model by name or folder; `languages` are those it knows, `prompt` stands before each text (e5: "query: ")."""
    return _SentenceTransformer(model, frozenset(languages), device, batch, prompt)
