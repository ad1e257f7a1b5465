"""Vectors of wordings, kept by the hash of the text: no text is encoded twice."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis import Embedder
from store import Store

_SLICE = 8_192


def vectors_of(
    store: Store,
    embedder: Embedder,
    text_ids: Sequence[str],
    texts: Sequence[str],
    told: Callable[[int, int], None],
) -> NDArray[np.float32]:
    """Unit vectors of the texts, in order: those the store has, the others encoded and kept.

    `told(done, total)` hears how far it is.
    """
    index = f"vectors:{embedder.name}"
    known = store.vectors(index, text_ids)
    missing = [i for i, identity in enumerate(text_ids) if identity not in known]
    for start in range(0, len(missing), _SLICE):
        part = missing[start : start + _SLICE]
        ids = [text_ids[i] for i in part]
        fresh = embedder.encode([texts[i] for i in part])
        store.add_vectors(index, ids, fresh)
        known.update(zip(ids, fresh, strict=True))
        told(len(text_ids) - len(missing) + start + len(part), len(text_ids))
    rows = [known[identity] for identity in text_ids]
    return np.stack(rows).astype(np.float32) if rows else np.zeros((0, 1), np.float32)
