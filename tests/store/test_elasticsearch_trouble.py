"""What a server refuses, or dies of: said with the cause and the fix, nothing lost and nothing doubled."""

import contextlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest

from store import Collection, Document, StoreError
from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore, RefusedError, hits, probe
from store.elasticsearch import connection as connecting
from tests.engines.elasticsearch import ElasticsearchServer
from tests.store.members import POSTS, names, post

pytestmark = pytest.mark.engines

NOTES = Collection(name="notes", dated=True)


@pytest.fixture
def options(elasticsearch: str, prefix: str) -> ElasticsearchOptions:
    return ElasticsearchOptions(hosts=(elasticsearch,), prefix=f"{prefix}b", timeout_seconds=30)


@pytest.fixture
def store(options: ElasticsearchOptions) -> ElasticsearchStore:
    store = ElasticsearchStore(options)
    store.create([POSTS])
    return store


def test_a_document_that_does_not_fit_is_named_and_the_others_are_kept(store: ElasticsearchStore) -> None:
    twice = b'{"secret":"word","secret":"word"}'
    with pytest.raises(RefusedError, match=r"1 of 3 documents were refused.*'b': its body names a field twice") as told:
        store.upsert("posts", [post("a"), post("b", body=twice, text="secret"), post("c")])
    assert told.value.ids == ("b",)
    assert "secret" not in str(told.value)
    assert names(store.find("posts")) == ["a", "c"]


def test_a_read_only_index_is_an_error_that_names_the_fix(
    store: ElasticsearchStore, options: ElasticsearchOptions
) -> None:
    connection = Connection(options)
    for block in ("read_only_allow_delete", "write"):
        path = f"/{options.prefix}-posts/_settings"
        connection.send("PUT", path, {f"index.blocks.{block}": True})
        with pytest.raises(StoreError, match=r"does not accept writes.*disk is nearly full.*Free disk space"):
            store.upsert("posts", [post("a")])
        connection.send("PUT", path, {f"index.blocks.{block}": None})
    assert store.upsert("posts", [post("a")]) == 1


def test_an_index_that_somebody_removed_is_an_error_that_says_so(
    store: ElasticsearchStore, options: ElasticsearchOptions
) -> None:
    store.upsert("posts", [post("a")])
    Connection(options).send("DELETE", f"/{options.prefix}-posts-v0")
    with pytest.raises(StoreError, match=r"index is gone: run `stemwacht setup`|no collection 'posts'"):
        list(store.find("posts"))


def test_more_than_one_request_takes(store: ElasticsearchStore) -> None:
    large = [post(f"p{n:04}", minute=n, body=msgspec.json.encode({"pad": "x" * 9_000})) for n in range(2_300)]
    assert store.upsert("posts", large) == 2_300
    assert store.count("posts") == 2_300
    assert [document.id for document in store.find("posts", limit=1_500)] == [one.id for one in large[:1_500]]


@pytest.mark.slow
def test_a_small_heap_is_not_overrun(own_elasticsearch: Callable[..., ElasticsearchServer]) -> None:
    """A server that takes very little at a time refuses most of it; all of it arrives in the end."""
    server = own_elasticsearch(
        settings={
            "indexing_pressure.memory.coordinating.limit": "300kb",
            "indexing_pressure.memory.limit": "300kb",
            "thread_pool.write.queue_size": "1",
        }
    )
    options = ElasticsearchOptions(hosts=(server.url,), prefix="busy", timeout_seconds=60)
    ElasticsearchStore(options).create([POSTS])
    added: list[int] = []

    def write(who: int) -> None:
        documents = [post(f"{who}-{n}", body=msgspec.json.encode({"pad": "x" * 2_000})) for n in range(60)]
        added.append(ElasticsearchStore(options).upsert("posts", documents))

    writers = [threading.Thread(target=write, args=(who,)) for who in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert added == [60] * 6
    assert ElasticsearchStore(options).count("posts") == 360


@pytest.mark.slow
def test_a_server_that_dies_and_comes_back(own_elasticsearch: Callable[..., ElasticsearchServer]) -> None:
    """Nothing acknowledged is lost, nothing is doubled when it is written again, and the same store goes on."""
    server = own_elasticsearch()
    options = ElasticsearchOptions(hosts=(server.url,), prefix="dies", timeout_seconds=30)
    store = ElasticsearchStore(options)
    store.create([NOTES])
    at = datetime(2026, 11, 1, tzinfo=UTC)
    batches = [[Document(id=f"n{n:05}", body=b"{}", at=at) for n in range(s, s + 50)] for s in range(0, 20_000, 50)]
    done: list[int] = []

    def write() -> None:
        with contextlib.suppress(StoreError):
            for place, batch in enumerate(batches):
                store.upsert("notes", batch)
                store.add_keys("bands", names(batch), np.full((50, 1), 3, np.uint64))
                done.append(place)

    writer = threading.Thread(target=write)
    writer.start()
    while len(done) < 5:
        writer.join(0.02)
    server.stop()
    writer.join()
    acknowledged = len(done)
    assert acknowledged < len(batches)
    with pytest.raises(StoreError, match="nothing listens there"):
        store.count("notes")
    server.start()
    told = [one.id for batch in batches[:acknowledged] for one in batch]
    assert set(names(store.find("notes"))) >= set(told)
    assert set(store.look_up("bands", np.array([[3]], np.uint64)).document) >= set(told)
    for batch in batches[: acknowledged + 1]:
        store.upsert("notes", batch)
        store.add_keys("bands", names(batch), np.full((50, 1), 3, np.uint64))
    every = [one.id for batch in batches[: acknowledged + 1] for one in batch]
    assert names(store.find("notes")) == every
    assert store.look_up("bands", np.array([[3]], np.uint64)).document == every
    impatient = ElasticsearchStore(msgspec.structs.replace(options, timeout_seconds=1))
    server.pause()
    with pytest.raises(StoreError, match="no answer within 1 seconds"):
        impatient.count("notes")
    server.resume()
    assert store.count("notes") == len(every)
    assert probe(options).status in {"green", "yellow"}
    nowhere = {"settings": {"index.routing.allocation.require._name": "nobody"}}
    Connection(options).send("PUT", "/lost", nowhere, params={"wait_for_active_shards": 0})
    with pytest.raises(StoreError, match="the cluster is red"):
        probe(options)


def test_a_reader_who_takes_longer_than_the_server_waits_reads_on(
    store: ElasticsearchStore, monkeypatch: pytest.MonkeyPatch, options: ElasticsearchOptions
) -> None:
    """The server gives up the view of a slow reader between two pages."""
    monkeypatch.setattr(hits, "PAGE", 10)
    views = []
    opened = hits._open
    monkeypatch.setattr(hits, "_open", lambda *told: views.append(opened(*told)) or views[-1])
    week = [post(f"p{n:03}", minute=n // 7) for n in range(60)] + [post(f"u{n:03}", minute=None) for n in range(25)]
    store.upsert("posts", week)
    seen = []
    for document in store.find("posts"):
        seen.append(document)
        if len(seen) in {25, 65} and views:
            Connection(options).send("DELETE", "/_pit", {"id": views[-1]})
    assert seen == week
    assert len(views) == 3


def test_half_an_answer_is_an_error(
    store: ElasticsearchStore, options: ElasticsearchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a part of the index answers and another does not, nothing is given out as the whole."""
    monkeypatch.setattr(connecting, "_STARTING_SECONDS", 0.3)
    store.upsert("posts", [post("a", text="dike")])
    connection = Connection(options)
    nowhere = {
        "settings": {"index.routing.allocation.require._name": "nobody", "number_of_replicas": 0},
        "aliases": {f"{options.prefix}-posts": {}},
    }
    connection.send("PUT", f"/{options.prefix}-posts-v0-lost", nowhere, params={"wait_for_active_shards": 0})
    for ask in (
        lambda: list(store.find("posts")),
        lambda: store.get("posts", ["a"]),
        lambda: store.count("posts"),
        lambda: store.search("posts", "dike"),
    ):
        with pytest.raises(StoreError, match="a part of the index is not available"):
            ask()
    connection.send("DELETE", f"/{options.prefix}-posts-v0-lost")
    assert store.count("posts") == 1
