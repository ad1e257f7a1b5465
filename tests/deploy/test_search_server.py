"""Elasticsearch as docker-compose.yml has it: who comes in, and what a snapshot brings back."""

import json

import pytest
from elasticsearch import AuthenticationException, AuthorizationException, Elasticsearch

from tests.deploy.composition import Composition
from tests.deploy.node import Node

pytestmark = pytest.mark.engines


def test_the_health_check_signs_in(node: Node, composition: Composition) -> None:
    test: list[str] = composition.services["elasticsearch"]["healthcheck"]["test"]
    assert node.run("elasticsearch-ask.sh", *test[3:]).returncode == 0
    refused = node.run("elasticsearch-ask.sh", *test[3:], ELASTIC_PASSWORD="wrong")
    assert refused.returncode != 0
    assert "401" in refused.stdout + refused.stderr


def test_nobody_comes_in_without_a_password(node: Node) -> None:
    with pytest.raises(AuthenticationException):
        Elasticsearch(node.url, max_retries=0).cluster.health()
    with pytest.raises(AuthenticationException):
        node.client("elastic", "changeme").cluster.health()


def test_kibana_and_the_worker_have_the_passwords_of_env(node: Node) -> None:
    who = node.client("kibana_system", node.access["KIBANA_PASSWORD"]).security.authenticate()
    assert who["roles"] == ["kibana_system"]
    who = node.client(node.access["WORKER"], node.access["WORKER_PASSWORD"]).security.authenticate()
    assert who["roles"] == [node.access["WORKER_ROLE"]]


def test_a_user_may_do_what_the_role_says_and_no_more(node: Node) -> None:
    other = {"WORKER": "other", "WORKER_ROLE": "others"}
    role = {"cluster": ["monitor"], "indices": [{"names": ["others-*"], "privileges": ["all"]}]}
    node.ask("PUT", "/_security/role/others", json.dumps(role))
    assert node.run("elasticsearch-access.sh", **other).returncode == 0
    client = node.client("other", node.access["WORKER_PASSWORD"])
    client.index(index="others-try", document={"a": 1}, refresh=True)
    assert client.count(index="others-try")["count"] == 1
    with pytest.raises(AuthorizationException):
        client.index(index="stemwacht-try", document={"a": 1})
    with pytest.raises(AuthorizationException):
        client.security.get_user()


def test_a_renewed_password_counts_and_the_old_one_no_longer(node: Node) -> None:
    assert node.run("elasticsearch-access.sh", WORKER_PASSWORD="renewed").returncode == 0
    assert node.client(node.access["WORKER"], "renewed").security.authenticate()["username"] == node.access["WORKER"]
    with pytest.raises(AuthenticationException):
        node.client(node.access["WORKER"], node.access["WORKER_PASSWORD"]).security.authenticate()
    assert node.run("elasticsearch-access.sh").returncode == 0


def test_the_administrator_renews_the_own_password(node: Node) -> None:
    for new, old in (("renewed", node.access["ELASTIC_PASSWORD"]), (node.access["ELASTIC_PASSWORD"], "renewed")):
        body = json.dumps({"password": new})
        path = "/_security/user/elastic/_password"
        assert node.run("elasticsearch-ask.sh", "POST", path, "-", given=body, ELASTIC_PASSWORD=old).returncode == 0
        with pytest.raises(AuthenticationException):
            node.client("elastic", old).security.authenticate()
    assert node.ask("GET", "/_security/_authenticate")["username"] == "elastic"


def test_a_snapshot_brings_back_what_was_lost(node: Node) -> None:
    admin = node.client("elastic", node.access["ELASTIC_PASSWORD"])
    admin.index(index="kept", id="1", document={"a": 1}, refresh=True)
    place = json.dumps({"type": "fs", "settings": {"location": str(node.folder / "snapshots")}})
    node.ask("PUT", "/_snapshot/backup", place)
    taken = node.ask("PUT", "/_snapshot/backup/one?wait_for_completion=true", '{"include_global_state": false}')
    assert taken["snapshot"]["state"] == "SUCCESS"
    node.ask("DELETE", "/kept")
    wanted = '{"indices": "kept", "include_global_state": false}'
    node.ask("POST", "/_snapshot/backup/one/_restore?wait_for_completion=true", "-", given=wanted)
    assert admin.get(index="kept", id="1")["_source"] == {"a": 1}


def test_a_refusal_fails_and_says_why(node: Node) -> None:
    done = node.run("elasticsearch-ask.sh", "GET", "/nothing-of-that-name")
    assert done.returncode != 0
    assert "index_not_found_exception" in done.stdout


def test_no_index_goes_by_a_pattern(node: Node) -> None:
    assert node.run("elasticsearch-ask.sh", "DELETE", "/others-*").returncode != 0
