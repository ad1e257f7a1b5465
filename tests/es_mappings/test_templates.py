"""The templates know every field that is kept, and what is kept by them comes back as it was."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect

from alerts import Alert
from analysis import Finding
from es_mappings.comparing import flat
from es_mappings.definitions import definitions
from ingest import Coverage
from stemwacht import collections
from stemwacht.collections import StoredMember, StoredMessage
from stemwacht.wording_families import StoredWording
from store import Document
from store.elasticsearch import Connection, ElasticsearchStore
from store.elasticsearch.mappings import KEYS, LEASES, VECTORS, whole
from tests.es_mappings.values import any_of, structs_within

BODIES: dict[str, type[msgspec.Struct]] = {
    "messages": StoredMessage,
    "families": Finding,
    "activity": Finding,
    "members": StoredMember,
    "alerts": Alert,
    "coverage": Coverage,
    "wordings": StoredWording,
}


def mapping(name: str) -> dict[str, Any]:
    """The mapping that an index of this template gets."""
    index = definitions("indices", prefix="p")[name]
    parts = definitions("components", prefix="p")
    merged: dict[str, Any] = {}
    for part in [*(parts[one.removeprefix("p-")] for one in index["composed_of"]), index]:
        _merge(merged, part["template"].get("mappings", {}))
    return merged


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def at_path(properties: dict[str, Any], path: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = {"properties": properties}
    for name in path.split("."):
        found = (found or {}).get("properties", {}).get(name)
    return found


def unmapped(kind: inspect.StructType, properties: dict[str, Any], names: dict[str, str], above: str) -> list[str]:
    """The fields, and those of structs within them, that no mapping names and none is told to leave alone."""
    missing = []
    for field in kind.fields:
        path = names.get(field.name, f"{above}{field.name}")
        there = at_path(properties, path)
        if there is None:
            missing.append(path)
        elif there.get("enabled", True) and there.get("dynamic") != "false":
            for within in structs_within(field.type):
                missing += unmapped(within, properties, {}, f"{path}.")
    return missing


def test_every_collection_has_a_template() -> None:
    indices = definitions("indices", prefix="p")
    assert {collection.name for collection in collections.ALL} <= set(indices)
    for collection in collections.ALL:
        meta = indices[collection.name]["template"]["mappings"]["_meta"]
        assert meta["collection"] == collection.name
        assert (meta.get("dated", False), meta.get("searchable", False)) == (collection.dated, collection.searchable)


@pytest.mark.parametrize("name", sorted(BODIES))
def test_every_field_that_is_kept_is_mapped(name: str) -> None:
    kind = inspect.type_info(BODIES[name])
    assert isinstance(kind, inspect.StructType)
    wanted = mapping(name)
    assert unmapped(kind, wanted["properties"], wanted["_meta"]["names"], "stemwacht.") == []


@pytest.mark.parametrize("name", sorted(BODIES))
def test_no_two_fields_share_a_place(name: str) -> None:
    meta = mapping(name)["_meta"]
    fields = inspect.type_info(BODIES[name]).fields  # type: ignore[attr-defined]
    places = [meta["names"].get(field.name, f"stemwacht.{field.name}") for field in fields]
    places += [*meta.get("constants", {}), *meta.get("derived", {}), meta.get("written", "event.ingested")]
    assert len(set(places)) == len(places)
    assert set(meta["names"]) <= {field.name for field in fields}


def test_unknown_fields_are_refused_everywhere() -> None:
    assert {name: mapping(name)["dynamic"] for name in definitions("indices", prefix="p")} == dict.fromkeys(
        definitions("indices", prefix="p"), "strict"
    )


def test_the_templates_of_the_store_say_what_the_store_says() -> None:
    for name, own in (("keys", KEYS), ("vectors", VECTORS), ("leases", LEASES)):
        assert flat(mapping(name)) == flat(own)
    state = whole(collections.STATE, (), searchable=False)["properties"]
    state.pop("fields")
    assert flat(mapping("state")["properties"]) == flat(state)


@pytest.fixture(scope="module")
def store(connection: Connection, installed: list[str]) -> ElasticsearchStore:
    store = ElasticsearchStore(connection.options)
    store.create(collections.ALL)
    return store


@pytest.mark.engines
@pytest.mark.parametrize("name", sorted(BODIES))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_kept_comes_back_as_it_was(store: ElasticsearchStore, name: str, data: st.DataObject) -> None:
    bodies = data.draw(st.lists(any_of(BODIES[name]), min_size=1, max_size=3))
    at = st.one_of(st.none(), st.datetimes(timezones=st.just(UTC)))
    documents = [
        Document(
            id=f"d{number}",
            body=msgspec.json.encode(body),
            at=body.published if isinstance(body, StoredMessage) else data.draw(at),
            text=body.text if isinstance(body, StoredMessage) else None,
        )
        for number, body in enumerate(bodies)
    ]
    store.upsert(name, documents)
    assert store.get(name, [document.id for document in documents]) == documents


@pytest.mark.engines
def test_bodies_without_a_form_are_kept_whole(store: ElasticsearchStore) -> None:
    documents = [Document(id=str(n), body=body) for n, body in enumerate([b'{"any":[1e-7]}', b"[]", b'"x"', b"null"])]
    store.upsert("state", documents)
    assert store.get("state", list("0123")) == documents


@pytest.mark.engines
def test_all_that_the_program_asks_for_can_be_asked(store: ElasticsearchStore) -> None:
    for collection in collections.ALL:
        for field in collection.fields:
            assert store.count(collection.name, where={field: "nothing has this"}) == 0
            store.count(collection.name, where={field: None})


@pytest.mark.engines
def test_fields_of_the_common_schema_can_be_asked_by_the_names_they_have_here(store: ElasticsearchStore) -> None:
    store.delete("messages", [document.id for document in store.find("messages")])
    message = StoredMessage(
        id="m1",
        source="bluesky",
        native_id="1",
        kind="post",
        text="De dijk houdt stand, één keer",
        text_written="De dijk houdt stand, één keer!",
        author="p_1",
        published=datetime(2026, 11, 25, tzinfo=UTC),
        text_id="t1",
        words=4,
        spoken="nl",
    )
    undated = msgspec.structs.replace(message, id="m2", published=None, author=None, text="Niets")
    for one in (message, undated):
        body = msgspec.json.encode(one)
        store.upsert("messages", [Document(id=one.id, body=body, at=one.published, text=one.text)])
    by_author = list(store.find("messages", where={"author": "p_1", "source": "bluesky", "kind": "post"}))
    assert [document.id for document in by_author] == ["m1"]
    assert [document.id for document in store.find("messages", where={"published": None, "text_id": "t1"})] == ["m2"]
    assert [document.id for document in store.search("messages", "EEN dijk")] == ["m1"]
    sources = store.count("messages", where={"author": None, "text_id": "t1"})
    assert sources == 1
