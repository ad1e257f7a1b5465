"""A process that fills a store batch by batch and says after each that it is in; made to be killed at any moment."""

import sys
from itertools import count
from pathlib import Path

import numpy as np

from store import SqliteStore, Store
from tests.store.members import POSTS, post

BATCH = 20


def write_batch(store: Store, batch: int) -> None:
    numbers = range(batch * BATCH, (batch + 1) * BATCH)
    ids = [f"m{number:06}" for number in numbers]
    store.upsert("posts", [post(one, minute=batch, body=b'{"source":"x"}', text=f"word{batch}") for one in ids])
    store.add_keys("bands", ids, np.array([[number + 1, batch + 2**40] for number in numbers], np.uint64))
    drawn = np.random.default_rng(batch).standard_normal((BATCH, 4)).astype(np.float32)
    store.add_vectors("texts", ids, drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


def main(folder: str) -> None:
    store = SqliteStore(Path(folder) / "store.sqlite", page_size=16, fan_in=2, exact_below=50)
    store.create([POSTS])
    for batch in count():
        write_batch(store, batch)
        print(batch, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
