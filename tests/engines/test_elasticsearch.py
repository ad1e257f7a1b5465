"""The Elasticsearch of the tests is a real one: it answers, and lets in whom it should."""

import uuid

import pytest
from elasticsearch import AuthenticationException, AuthorizationException, Elasticsearch
from elasticsearch import ConnectionError as NoConnection

from tests.engines.elasticsearch_security import client
from tests.engines.security import Access

pytestmark = pytest.mark.engines


def test_the_shared_one_answers(elasticsearch: str, prefix: str) -> None:
    with Elasticsearch(elasticsearch) as shared:
        shared.index(index=f"{prefix}letters", id="1", document={"text": "Geachte leden"}, refresh=True)
        found = shared.search(index=f"{prefix}*", query={"match": {"text": "geachte"}})
    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["1"]


def test_a_secured_one_refuses_a_wrong_password(secured_elasticsearch: Access) -> None:
    with (
        Elasticsearch(**client(secured_elasticsearch, "elastic", "wrong")) as stranger,
        pytest.raises(AuthenticationException),
    ):
        stranger.cluster.health()


def test_a_secured_one_is_not_trusted_by_who_trusts_another(secured_elasticsearch: Access) -> None:
    with (
        Elasticsearch(**client(secured_elasticsearch) | {"ca_certs": secured_elasticsearch.wrong_ca}) as careful,
        pytest.raises(NoConnection, match="certificate verify failed"),
    ):
        careful.cluster.health()


def test_users_roles_and_keys_say_what_one_may_do(secured_elasticsearch: Access, prefix: str) -> None:
    letters, password = f"{prefix}letters", uuid.uuid4().hex
    with Elasticsearch(**client(secured_elasticsearch)) as admin:
        admin.index(index=letters, id="1", document={"text": "x"})
        reading = [{"names": [f"{prefix}*"], "privileges": ["read"]}]
        admin.security.put_role(name=f"{prefix}reader", indices=reading)
        admin.security.put_user(username=f"{prefix}ann", password=password, roles=[f"{prefix}reader"])
        key = admin.security.create_api_key(name="key", role_descriptors={"reader": {"indices": reading}})["encoded"]
    by_key = {"hosts": secured_elasticsearch.address, "ca_certs": secured_elasticsearch.ca, "api_key": key}
    for known in (client(secured_elasticsearch, f"{prefix}ann", password), by_key):
        with Elasticsearch(**known) as reader:
            assert reader.get(index=letters, id="1")["found"]
            with pytest.raises(AuthorizationException):
                reader.index(index=letters, document={})
