"""The background of the last reconcile, kept in the store so that a batch can be judged without the window."""

import msgspec
import numpy as np

from analysis import Background
from store import Document, Store

_KEY = "background"


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    cores: int
    unlisted: int
    population: int
    hashes: bytes
    counts: bytes


def keep_background(store: Store, found: Background, population: int) -> None:
    """Remember the common shingles of `population` messages."""
    common = found.common()
    body = _Stored(
        cores=common.cores,
        unlisted=common.unlisted,
        population=population,
        hashes=common.hashes.astype("<u8").tobytes(),
        counts=common.counts.astype("<i8").tobytes(),
    )
    store.upsert("state", [Document(id=_KEY, body=msgspec.json.encode(body))])


def stored_background(store: Store) -> tuple[Background, int] | None:
    """The background and how many messages it rests on; None before the first reconcile."""
    documents = store.get("state", [_KEY])
    if not documents:
        return None
    body = msgspec.json.decode(documents[0].body, type=_Stored)
    hashes = np.frombuffer(body.hashes, "<u8").astype(np.uint64)
    counts = np.frombuffer(body.counts, "<i8").astype(np.int64)
    return Background(body.cores, hashes, counts, body.unlisted), body.population
