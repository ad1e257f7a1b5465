"""Keys: the same as a plain dict says, after any adds, re-adds, deletions and merges."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from store import SqliteStore, Store, StoreError
from tests.store.members import POSTS, post

IDS = [f"m{number}" for number in range(12)]
WIDTH = 3
KEY = st.sampled_from([0, 1, 2, 3, 4, 5, 2**63 - 1, 2**63, 2**64 - 1])
ROW = st.lists(KEY, min_size=WIDTH, max_size=WIDTH)


def as_keys(rows: list[list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    return np.array(rows, np.uint64).reshape(len(rows), len(rows[0]) if rows else WIDTH)


def hits(store: Store, rows: list[list[int]]) -> list[tuple[int, str]]:
    found = store.look_up("bands", as_keys(rows))
    return sorted(zip(found.query.tolist(), found.document, strict=True))


class KeysAgainstADict(RuleBasedStateMachine):
    """The smallest pages and fan-in, so that a few steps reach several levels of merging."""

    def __init__(self) -> None:
        super().__init__()
        self.store = SqliteStore(None, page_size=3, fan_in=2)
        self.store.create([POSTS])
        self.filed: dict[str, set[int]] = {}

    @rule(rows=st.lists(st.tuples(st.sampled_from(IDS), ROW), max_size=6))
    def add(self, rows: list[tuple[str, list[int]]]) -> None:
        keys = as_keys([row for _, row in rows])
        self.store.add_keys("bands", [name for name, _ in rows], keys)
        self.filed.update({name: set(row) - {0} for name, row in rows})

    @rule(ids=st.lists(st.sampled_from(IDS), max_size=6))
    def delete(self, ids: list[str]) -> None:
        self.store.delete("posts", ids)
        for name in ids:
            self.filed.pop(name, None)

    @invariant()
    def look_up_says_what_the_dict_says(self) -> None:
        rows = [[1, 2, 2], [0, 0, 0], [5, 2**63, 2**64 - 1], [3, 4, 2**63 - 1]]
        expected = [
            (query, name)
            for query, row in enumerate(rows)
            for name, keys in self.filed.items()
            if keys & (set(row) - {0})
        ]
        assert hits(self.store, rows) == sorted(expected)

    def teardown(self) -> None:
        self.store.close()


KeysAgainstADict.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestKeysAgainstADict = KeysAgainstADict.TestCase


def test_an_index_that_nobody_filled_has_no_hits(store: Store) -> None:
    assert hits(store, [[1, 2]]) == []
    store.add_keys("bands", [], np.empty((0, 2), np.uint64))
    assert hits(store, [[1, 2]]) == []


def test_a_pair_that_shares_several_keys_comes_once(store: Store) -> None:
    store.add_keys("bands", ["a", "b"], as_keys([[1, 2, 3], [3, 4, 0]]))
    assert hits(store, [[1, 2, 3], [0, 0, 0]]) == [(0, "a"), (0, "b")]


def test_the_same_again_changes_nothing_and_other_keys_replace(store: Store) -> None:
    for _ in range(3):
        store.add_keys("bands", ["a"], as_keys([[1, 2]]))
    assert hits(store, [[1, 9]]) == [(0, "a")]
    store.add_keys("bands", ["a"], as_keys([[7, 8]]))
    assert hits(store, [[1, 2], [7, 0]]) == [(1, "a")]


def test_a_key_that_very_many_share(store: Store) -> None:
    rows = np.full((3_000, 1), 5, np.uint64)
    for start in range(0, 3_000, 500):
        store.add_keys("bands", [f"{number:05}" for number in range(start, start + 500)], rows[:500])
    assert hits(store, [[5]]) == [(0, f"{number:05}") for number in range(3_000)]


def test_deleted_documents_leave_the_index(store: Store) -> None:
    store.upsert("posts", [post(str(number)) for number in range(40)])
    store.add_keys("bands", [str(number) for number in range(40)], np.full((40, 2), 6, np.uint64))
    store.delete("posts", [str(number) for number in range(35)])
    assert hits(store, [[6, 0]]) == sorted((0, str(number)) for number in range(35, 40))


def test_indexes_are_apart(store: Store) -> None:
    store.add_keys("bands", ["a"], as_keys([[1]]))
    store.add_keys("others", ["b"], as_keys([[1]]))
    assert hits(store, [[1]]) == [(0, "a")]


def test_a_wrong_shape_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="one row of keys per id"):
        store.add_keys("bands", ["a", "b"], as_keys([[1]]))


def test_room_of_deleted_ids_is_used_again(tmp_path: Path) -> None:
    assert _size_after(12, tmp_path / "long.sqlite") < 2 * _size_after(3, tmp_path / "short.sqlite")


def _size_after(weeks: int, path: Path) -> int:
    """The size of a store in which each week's ids take the place of those of the week before."""
    store = SqliteStore(path, page_size=64, fan_in=4)
    store.create([POSTS])
    drawn = np.random.default_rng(3)
    for week in range(weeks):
        ids = [f"{week}-{number}" for number in range(1_000)]
        store.add_keys("bands", ids, drawn.integers(1, 2**64, (1_000, 8), np.uint64))
        store.delete("posts", [f"{week - 1}-{number}" for number in range(1_000)])
    store.close()
    return path.stat().st_size


def test_a_key_shared_by_many_can_be_asked_for_its_first_ids(store: Store) -> None:
    store.add_keys("i", [f"d{n:03}" for n in range(300)], np.full((300, 1), 7, np.uint64))
    every = store.look_up("i", np.full((2, 1), 7, np.uint64))
    few = store.look_up("i", np.full((2, 1), 7, np.uint64), most=5)
    assert len(every.document) == 600
    assert few.document == [f"d{n:03}" for n in range(5)] * 2
    assert few.query.tolist() == [0] * 5 + [1] * 5
