"""Vectors: filed to the bit, and the nearest as brute force finds them."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from store import Store, StoreError
from tests.store.members import POSTS, Factory, post

Vectors = NDArray[np.float32]


def unit_vectors(count: int, *, seed: int = 1, dimensions: int = 32) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn


def ids_of(vectors: Vectors) -> list[str]:
    return [f"v{number:04}" for number in range(len(vectors))]


def by_brute_force(vectors: Vectors, query: Vectors, k: int) -> list[str]:
    return [f"v{place:04}" for place in np.argsort(-(vectors @ query), kind="stable")[:k]]


def test_the_nearest_are_those_of_brute_force(store: Store) -> None:
    vectors, queries = unit_vectors(600), unit_vectors(50, seed=2)
    store.add_vectors("texts", ids_of(vectors), vectors)
    near = store.nearest("texts", queries, 5)
    expected = [by_brute_force(vectors, query, 5) for query in queries]
    shared = [len(set(found) & set(true)) for found, true in zip(near.documents, expected, strict=True)]
    assert sum(shared) >= 0.98 * 5 * len(queries)
    for found, cosines, query in zip(near.documents, near.cosines, queries, strict=True):
        true = vectors[[int(name[1:]) for name in found]] @ query
        assert np.allclose(cosines, true, atol=1e-6)
        assert list(cosines) == sorted(cosines, reverse=True)


def test_the_same_question_has_the_same_answer(store: Store) -> None:
    vectors = unit_vectors(300)
    store.add_vectors("texts", ids_of(vectors), vectors)
    first, second = (store.nearest("texts", vectors[:40], 7) for _ in range(2))
    assert first.documents == second.documents


def test_ties_go_by_id_and_k_may_exceed_what_is_there(store: Store) -> None:
    same = np.repeat(unit_vectors(1), 4, axis=0)
    store.add_vectors("texts", ["d", "b", "c", "a"], same)
    near = store.nearest("texts", same[:1], 9)
    assert near.documents == [["a", "b", "c", "d"]]
    assert np.allclose(near.cosines[0], 1, atol=1e-6)
    assert store.nearest("texts", same[:1], 2).documents == [["a", "b"]]


def test_vectors_come_back_to_the_bit(store: Store) -> None:
    vectors = unit_vectors(30)
    store.add_vectors("texts", ids_of(vectors), vectors)
    back = store.vectors("texts", ["v0003", "nobody", "v0029"])
    assert set(back) == {"v0003", "v0029"}
    assert np.array_equal(back["v0029"], vectors[29])


def test_other_vectors_replace_and_deleted_ones_are_not_found(store: Store) -> None:
    vectors = unit_vectors(120)
    store.upsert("posts", [post(name) for name in ids_of(vectors)])
    store.add_vectors("texts", ids_of(vectors), vectors)
    assert store.nearest("texts", vectors[:3], 1).documents == [["v0000"], ["v0001"], ["v0002"]]
    store.add_vectors("texts", ["v0000"], -vectors[:1])
    store.delete("posts", ["v0001"])
    near = store.nearest("texts", vectors[:3], 1).documents
    assert near[0] != ["v0000"]
    assert near[1] != ["v0001"]
    assert near[2] == ["v0002"]
    assert store.nearest("texts", -vectors[:1], 1).documents == [["v0000"]]


def test_an_index_that_nobody_filled_has_no_neighbours(store: Store) -> None:
    near = store.nearest("texts", unit_vectors(2), 3)
    assert near.documents == [[], []]
    assert store.vectors("texts", ["a"]) == {}


def test_another_length_is_refused(store: Store) -> None:
    store.add_vectors("texts", ["a"], unit_vectors(1))
    with pytest.raises(StoreError, match="another embedder"):
        store.add_vectors("texts", ["b"], unit_vectors(1, dimensions=8))
    with pytest.raises(StoreError, match="one row per id"):
        store.add_vectors("texts", ["b", "c"], unit_vectors(1))


@pytest.mark.parametrize("damage", [None, b"", b"not a graph"])
def test_another_process_finds_them_even_if_the_cache_is_damaged(
    factory: Factory, tmp_path: Path, damage: bytes | None
) -> None:
    vectors = unit_vectors(100)
    first = factory(tmp_path)
    first.create([POSTS])
    first.add_vectors("texts", ids_of(vectors)[:90], vectors[:90])
    first.nearest("texts", vectors[:1], 1)
    first.close()
    for cache in tmp_path.glob("*.usearch") if damage is not None else ():
        cache.write_bytes(damage or b"")
    second = factory(tmp_path)
    second.add_vectors("texts", ids_of(vectors)[90:], vectors[90:])
    second.delete("posts", ["v0005"])
    near = second.nearest("texts", vectors, 1).documents
    assert [name for (name,) in near[:5] + near[6:]] == ids_of(vectors)[:5] + ids_of(vectors)[6:]
    assert near[5] != ["v0005"]
    second.close()
