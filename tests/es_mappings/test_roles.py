"""What each role can and cannot do, asked of a real server with its security on."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest

from es_mappings import create_api_key, install, rights
from stemwacht import collections
from store import Document, Store, StoreError
from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore, probe
from tests.engines.security import Access

pytestmark = [pytest.mark.engines, pytest.mark.slow]

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ROLES = ("writer", "analyst", "duty_officer", "auditor")
READ = {
    "messages": {"writer", "analyst"},
    "families": {"writer", "analyst"},
    "activity": {"writer", "analyst"},
    "members": {"writer", "analyst"},
    "alerts": {"writer", "analyst", "duty_officer", "auditor"},
    "coverage": {"writer", "analyst", "auditor"},
    "wordings": {"writer"},
    "state": {"writer"},
}
CHANGE = {name: {"writer"} | ({"duty_officer"} if name == "alerts" else set()) for name in READ}
DELETE = {name: {"writer"} for name in READ}


@pytest.fixture(scope="module")
def admin(secured_elasticsearch: Access) -> Iterator[Connection]:
    access = secured_elasticsearch
    options = ElasticsearchOptions(
        hosts=(access.address,),
        prefix=f"t{uuid.uuid4().hex[:10]}",
        username=access.user,
        password=access.password,
        ca_file=Path(access.ca or ""),
        timeout_seconds=30,
    )
    connection = Connection(options)
    yield connection
    for what in ("", "_index_template/", "_component_template/"):
        connection.send("DELETE", f"/{what}{options.prefix}*", accept={404})
    for role in ROLES:
        connection.send("DELETE", f"/_security/role/{options.prefix}-{role}", accept={404})


@pytest.fixture(scope="module")
def installed(admin: Connection) -> list[str]:
    lines = list(install(admin, retention_days=180))
    store = ElasticsearchStore(admin.options)
    for name in READ:
        store.upsert(name, [document(name, "old")])
    return lines


def document(collection: str, name: str) -> Document:
    """A document of which nothing but its id is said: the fields of a body may all be absent."""
    return Document(id=name, body=b"{}", at=NOW)


@pytest.fixture(scope="module")
def stores(admin: Connection, installed: list[str]) -> dict[str, Store]:
    """The store as each role sees it, through an API key of its own."""
    found: dict[str, Store] = {}
    for role in ROLES:
        key = create_api_key(admin, role, name=f"{admin.options.prefix}-{role}", days=1)
        assert key.expires is not None
        assert "encoded" not in repr(key)
        options = msgspec.structs.replace(admin.options, api_key=key.encoded, username=None, password=None)
        assert probe(options, rights(options.prefix, role)).user is not None
        found[role] = ElasticsearchStore(options)
        found[role].create(collections.ALL)
    return found


def allowed(action: Callable[[], object]) -> bool:
    try:
        action()
    except StoreError as error:
        return not re.search("a right is missing|no right to", str(error))
    return True


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(READ))
def test_who_may_read_change_and_delete(stores: dict[str, Store], role: str, name: str) -> None:
    store = stores[role]
    assert allowed(lambda: list(store.find(name))) == (role in READ[name])
    assert allowed(lambda: store.upsert(name, [document(name, "old")])) == (role in CHANGE[name])
    may_delete = allowed(lambda: store.delete(name, ["old"]) == 1 or store.delete(name, ["old"]))
    assert may_delete == (role in DELETE[name])
    if may_delete:
        store.upsert(name, [document(name, "old")])


def test_the_writer_does_all_that_a_worker_does(stores: dict[str, Store]) -> None:
    writer = stores["writer"]
    keys, vectors = np.array([[7]], np.uint64), np.eye(1, 4, dtype=np.float32)
    writer.upsert("messages", [Document(id="a", body=b"{}", at=NOW - timedelta(days=400))])
    writer.add_keys("bands", ["a"], keys)
    writer.add_vectors("vectors:use", ["a"], vectors)
    assert writer.look_up("bands", keys).document == ["a"]
    assert writer.nearest("vectors:use", vectors, 1).documents == [["a"]]
    assert writer.claim("families", "me", 60) == "me"
    writer.release("families", "me")
    assert writer.expire("messages", NOW - timedelta(days=180)) == 1
    assert writer.look_up("bands", keys).document == []


def test_who_decides_on_alerts_takes_turns_with_the_workers(stores: dict[str, Store]) -> None:
    assert stores["duty_officer"].claim("alerts", "officer", 60) == "officer"
    assert stores["writer"].claim("alerts", "worker", 60) == "officer"
    stores["duty_officer"].release("alerts", "officer")
    assert stores["writer"].claim("alerts", "worker", 60) == "worker"
    with pytest.raises(StoreError, match="a right is missing"):
        stores["auditor"].claim("alerts", "auditor", 60)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_changes_what_is_installed(stores: dict[str, Store], admin: Connection, role: str) -> None:
    prefix = admin.options.prefix
    key = create_api_key(admin, role, name=f"{prefix}-{role}-2", days=1)
    connection = Connection(msgspec.structs.replace(admin.options, api_key=key.encoded, username=None, password=None))
    more = {"properties": {"more": {"type": "keyword"}}}
    for method, path, body in (
        ("PUT", f"/{prefix}-alerts/_mapping", more),
        ("PUT", f"/_index_template/{prefix}-alerts-v1", {"index_patterns": ["x"]}),
        ("DELETE", f"/{prefix}-alerts-v1", None),
        ("GET", "/_security/role", None),
        ("GET", "/somebody-else/_search", None),
    ):
        with pytest.raises(StoreError, match="a right is missing"):
            connection.send(method, path, body)


def test_installing_again_leaves_the_roles(admin: Connection, installed: list[str]) -> None:
    assert [line for line in installed if "role" in line] == [
        f"made: role {admin.options.prefix}-{role}" for role in sorted(ROLES)
    ]
    again = list(install(admin, retention_days=180))
    assert [line for line in again if "role" in line] == [
        f"left: role {admin.options.prefix}-{role}" for role in sorted(ROLES)
    ]
    admin.send("PUT", f"/_security/role/{admin.options.prefix}-auditor", {"cluster": ["all"]})
    assert f"changed: role {admin.options.prefix}-auditor" in list(install(admin, retention_days=180))


def test_a_lacking_right_is_named_before_any_work(stores: dict[str, Store], admin: Connection) -> None:
    key = create_api_key(admin, "analyst", name=f"{admin.options.prefix}-analyst-3", days=1)
    options = msgspec.structs.replace(admin.options, api_key=key.encoded, username=None, password=None)
    with pytest.raises(StoreError, match=r"lacks the right to .*write.* on .*-wordings"):
        probe(options, rights(options.prefix, "writer"))
