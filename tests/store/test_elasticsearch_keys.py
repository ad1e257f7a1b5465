"""Keys on Elasticsearch: the same as a plain dict says, in the order of filing, after any adds and deletions."""

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore, key_look_up
from tests.store.members import POSTS

pytestmark = pytest.mark.engines

IDS = [f"m{number}" for number in range(8)]
KEY = st.sampled_from([0, 1, 2, 3, 2**63, 2**64 - 1])
ADDED = st.lists(st.tuples(st.sampled_from(IDS), st.lists(KEY, min_size=3, max_size=3)), max_size=6)
GONE = st.lists(st.sampled_from(IDS), max_size=3)
ASKED = np.array([[1, 2, 2], [0, 0, 0], [3, 2**63, 2**64 - 1], [2, 0, 3]], np.uint64)


@pytest.fixture
def store(elasticsearch: str, prefix: str) -> ElasticsearchStore:
    made = ElasticsearchStore(ElasticsearchOptions(hosts=(elasticsearch,), prefix=f"{prefix}k", timeout_seconds=30))
    made.create([POSTS])
    return made


def expected(filed: dict[str, set[int]], most: int | None) -> list[tuple[int, str]]:
    """The pairs by query, then in the order of filing, which is that of the dict."""
    first = {key: [name for name, keys in filed.items() if key in keys][:most] for key in set().union(*filed.values())}
    return [
        (query, name)
        for query, row in enumerate(ASKED.tolist())
        for name in filed
        if any(name in first.get(key, []) for key in row)
    ]


@given(rounds=st.lists(st.tuples(ADDED, GONE), max_size=4), most=st.sampled_from([None, 1, 2]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_look_up_says_what_a_dict_says(
    store: ElasticsearchStore, rounds: list[tuple[list[tuple[str, list[int]]], list[str]]], most: int | None
) -> None:
    store.delete("posts", IDS)
    filed: dict[str, set[int]] = {}
    for added, gone in rounds:
        keys = np.array([row for _, row in added], np.uint64).reshape(len(added), 3)
        store.add_keys("bands", [name for name, _ in added], keys)
        latest = {name: set(row) - {0} for name, row in added}
        changed = {name: row for name, row in latest.items() if filed.get(name) != row}
        filed = {name: row for name, row in filed.items() if name not in changed} | changed
        store.delete("posts", gone)
        filed = {name: row for name, row in filed.items() if name not in gone}
    found = store.look_up("bands", ASKED, most=most)
    assert list(zip(found.query.tolist(), found.document, strict=True)) == expected(filed, most)


@pytest.mark.parametrize("most", [None, 3])
def test_more_hits_than_a_page_and_more_keys_than_a_question(
    store: ElasticsearchStore, monkeypatch: pytest.MonkeyPatch, most: int | None
) -> None:
    monkeypatch.setattr(key_look_up, "WINDOW", 20)
    monkeypatch.setattr(key_look_up, "_MOST_TERMS", 7)
    ids = [f"d{number:03}" for number in range(150)]
    keys = np.array([[1 + number % 10, 100 + number, 7_000] for number in range(150)], np.uint64)
    for start in range(0, 150, 50):
        store.add_keys("bands", ids[start : start + 50], keys[start : start + 50])
    found = store.look_up("bands", keys[:40], most=most)
    filed = {name: set(row) for name, row in zip(ids, keys.tolist(), strict=True)}
    first = {key: [name for name in ids if key in filed[name]][:most] for key in set(keys.ravel().tolist())}
    pairs = [
        (query, name)
        for query, row in enumerate(keys[:40].tolist())
        for name in ids
        if any(name in first[key] for key in row)
    ]
    assert list(zip(found.query.tolist(), found.document, strict=True)) == pairs


def test_a_key_that_very_many_share_costs_few_pages_when_few_are_wanted(
    store: ElasticsearchStore, monkeypatch: pytest.MonkeyPatch, elasticsearch: str, prefix: str
) -> None:
    """Pages stop where every key has enough, however many documents stand under it: the server counts its queries."""
    monkeypatch.setattr(key_look_up, "WINDOW", 10)
    store.add_keys("bands", [f"d{number:03}" for number in range(500)], np.full((500, 1), 9, np.uint64))
    before = queries(elasticsearch, prefix)
    assert len(store.look_up("bands", np.array([[9]], np.uint64), most=15).document) == 15
    assert queries(elasticsearch, prefix) == before + 2


def queries(elasticsearch: str, prefix: str) -> int:
    connection = Connection(ElasticsearchOptions(hosts=(elasticsearch,)))
    stats = msgspec.json.decode(connection.send("GET", f"/{prefix}*-keys-*/_stats/search").body)
    connection.close()
    count: int = stats["_all"]["total"]["search"]["query_total"]
    return count
