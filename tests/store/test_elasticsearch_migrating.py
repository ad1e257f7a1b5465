"""From one version of a mapping to the next: all documents, the same answers, and one switch."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from store import Collection, Document, StoreError
from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore, RefusedError, migrate
from store.elasticsearch.mappings import OWN_FIELDS

pytestmark = pytest.mark.engines

POSTS = Collection(name="posts", fields=("source",), searchable=True, dated=True)
DOCUMENTS = [
    Document(
        id=f"d{n}", at=at, text=f"dike {n}", body=msgspec.json.encode({"source": "x", "text": f"dike {n}", "n": n})
    )
    for n, at in enumerate([datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC), None])
]


@pytest.fixture
def connection(elasticsearch: str, prefix: str) -> Connection:
    return Connection(ElasticsearchOptions(hosts=(elasticsearch,), prefix=f"{prefix}g", timeout_seconds=30))


def install(connection: Connection, version: int, **fields: dict[str, Any]) -> None:
    """A template of the collection that knows these fields."""
    prefix = connection.options.prefix
    meta = {"collection": "posts", "version": version, "dated": True, "searchable": True, "text": "text"}
    mappings = {
        "dynamic": "strict",
        "_meta": {**meta, "names": {"text": "message", "source": "event.dataset"}},
        "properties": {
            "@timestamp": {"type": "date"},
            "message": {"type": "text"},
            "event": {"properties": {"dataset": {"type": "keyword"}}},
            "store": {"properties": OWN_FIELDS},
            "stemwacht": {"properties": fields},
        },
    }
    name = f"{prefix}-posts-v{version}"
    body = {"index_patterns": [name, f"{name}-*"], "priority": 500, "template": {"mappings": mappings}}
    connection.send("PUT", f"/_index_template/{name}", body)


def filled(connection: Connection) -> ElasticsearchStore:
    store = ElasticsearchStore(connection.options)
    store.create([POSTS])
    store.upsert("posts", DOCUMENTS)
    return store


def test_documents_move_to_the_next_version_and_answers_stay(connection: Connection) -> None:
    prefix = connection.options.prefix
    before = filled(connection)
    assert list(before.find("posts", where={"source": "x"})) == DOCUMENTS
    install(connection, 1, n={"type": "long"})
    moved = migrate(connection, "posts", 1)
    assert moved.documents == 3
    assert moved.old == tuple(f"{prefix}-posts-v0-{part}" for part in ("2026.10", "2026.11", "undated"))
    after = ElasticsearchStore(connection.options)
    after.create([POSTS])
    assert list(after.find("posts", where={"source": "x", "n": 0})) == DOCUMENTS[:1]
    assert list(after.find("posts")) == DOCUMENTS
    assert [document.id for document in after.search("posts", "dike 1")] == ["d1"]
    with pytest.raises(RefusedError, match=r"its field more .* is in no mapping of this index.*migrate it"):
        after.upsert("posts", [Document(id="new", body=b'{"more":1}')])
    install(connection, 2, n={"type": "long"}, more={"type": "long"})
    assert migrate(connection, "posts", 2).documents == 3
    newest = ElasticsearchStore(connection.options)
    assert newest.upsert("posts", [Document(id="new", body=b'{"more":1}')]) == 1
    assert newest.count("posts", where={"more": 1}) == 1
    assert migrate(connection, "posts", 2).documents == 0


def test_what_does_not_fit_switches_nothing_and_a_second_try_begins_anew(connection: Connection) -> None:
    store = filled(connection)
    install(connection, 1)
    for _ in range(2):
        with pytest.raises(RefusedError, match="its field n"):
            migrate(connection, "posts", 1)
        assert list(store.find("posts")) == DOCUMENTS
    install(connection, 1, n={"type": "long"})
    assert migrate(connection, "posts", 1).documents == 3


def test_without_a_template_or_a_collection_nothing_is_done(connection: Connection) -> None:
    with pytest.raises(StoreError, match="no collection 'posts'"):
        migrate(connection, "posts", 1)
    store = filled(connection)
    with pytest.raises(StoreError, match="no template of version 3: install that version's templates first"):
        migrate(connection, "posts", 3)
    assert list(store.find("posts")) == DOCUMENTS
