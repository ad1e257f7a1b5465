"""Installing on a real server: once makes everything, again changes nothing, what was changed by hand is put right."""

import msgspec
import pytest

from es_mappings import create_api_key, install
from store import StoreError
from store.elasticsearch import Connection

pytestmark = pytest.mark.engines

PARTS = ("component template", "index template", "made: index ")


def of(verb: str, lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(f"{verb}: ")]


def test_the_second_time_changes_nothing(connection: Connection, installed: list[str]) -> None:
    made = of("made", installed)
    assert all(any(part in line for line in made) for part in PARTS)
    assert len(made) + len(of("not available", installed)) == len(installed)
    second = list(install(connection, retention_days=180))
    assert len(of("left", second)) == len(made)
    assert len(second) == len(installed)


def test_what_the_server_lacks_is_said(connection: Connection, installed: list[str]) -> None:
    lines = of("not available", installed)
    assert any("lifecycle" in line and "stemwacht retention" in line for line in lines)
    assert any("roles" in line for line in lines)
    with pytest.raises(StoreError, match="switch its security on"):
        create_api_key(connection, "writer", name="w")
    with pytest.raises(ValueError, match="no role 'boss'; there are: analyst, auditor, duty_officer, writer"):
        create_api_key(connection, "boss", name="w")


def test_what_somebody_changed_is_put_right(connection: Connection, installed: list[str]) -> None:
    options = msgspec.structs.replace(connection.options, shards=2)
    assert of("changed", list(install(Connection(options), retention_days=180))) == [
        f"changed: component template {options.prefix}-settings"
    ]
    name = f"{options.prefix}-alerts-v1"
    template = {"index_patterns": [name], "priority": 1}
    connection.send("PUT", f"/_index_template/{name}", template)
    assert of("changed", list(install(connection, retention_days=180))) == [
        f"changed: component template {options.prefix}-settings",
        f"changed: index template {name}",
    ]


def test_an_index_that_stands_is_given_as_many_terms_as_a_new_one(connection: Connection, installed: list[str]) -> None:
    messages = f"/{connection.options.prefix}-messages"
    every = {"query": {"terms": {"_id": [f"m_{number}" for number in range(70_000)]}}}
    assert connection.send("POST", f"{messages}/_search", every).status == 200
    connection.send("PUT", f"{messages}/_settings", {"index.max_terms_count": None})
    assert connection.send("POST", f"{messages}/_search", every, accept={400}).status == 400
    again = list(install(connection, retention_days=180))
    assert of("changed", again) == ["changed: index.max_terms_count is now 1,000,000 (indices: 1)"]
    assert connection.send("POST", f"{messages}/_search", every).status == 200
    assert not of("changed", list(install(connection, retention_days=180)))
