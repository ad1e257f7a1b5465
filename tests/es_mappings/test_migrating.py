"""A house that ran before it was set up is brought under the templates, with all that it holds."""

from datetime import UTC, datetime

import msgspec
import pytest

from es_mappings import install, migrate
from stemwacht import collections
from stemwacht.collections import StoredMessage
from store import Document
from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore

pytestmark = pytest.mark.engines


def document(name: str, at: datetime | None) -> Document:
    message = StoredMessage(
        id=name,
        source="posts",
        native_id=name,
        kind="post",
        text="De dijk houdt stand",
        text_written="De dijk houdt stand",
        author="p_1",
        published=at,
        text_id="t",
        words=4,
        spoken="nl",
    )
    return Document(id=name, body=msgspec.json.encode(message), at=at, text=message.text)


def of(verb: str, lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(f"{verb}: ")]


def test_what_was_kept_before_the_setup_moves_under_the_templates(elasticsearch: str, prefix: str) -> None:
    options = ElasticsearchOptions(hosts=(elasticsearch,), prefix=f"{prefix}g", timeout_seconds=30)
    connection = Connection(options)
    before = ElasticsearchStore(options)
    before.create([collections.MESSAGES, collections.STATE])
    kept = [document("a", datetime(2026, 11, 5, tzinfo=UTC)), document("b", None)]
    before.upsert("messages", kept)
    before.upsert("state", [Document(id="s", body=b'{"n":1}')])
    assert of("to do", list(install(connection, retention_days=180))) == [
        "to do: collection messages is of version 0, its template of 1: migrate it",
        "to do: collection state is of version 0, its template of 1: migrate it",
    ]
    moved = list(migrate(connection))
    assert of("changed", moved) == [
        "changed: collection messages: 2 documents are now of version 1",
        "changed: collection state: 1 documents are now of version 1",
    ]
    assert f"to do: delete {options.prefix}-state-v0 when all is well: nothing reads them any more" in moved
    again = list(install(connection, retention_days=180))
    changed = [f"changed: index template {options.prefix}-{name}-v1" for name in ("messages", "state")]
    assert of("changed", again) == changed
    assert not of("changed", list(install(connection, retention_days=180)))
    assert list(migrate(connection)) == []
    after = ElasticsearchStore(options)
    after.create(collections.ALL)
    assert list(after.find("messages", where={"author": "p_1", "source": "posts"})) == kept
    assert after.get("state", ["s"])[0].body == b'{"n":1}'
    december = document("c", datetime(2026, 12, 1, tzinfo=UTC))
    after.upsert("messages", [december])
    assert after.get("messages", ["c"]) == [december]
