"""A server that cannot be reached or lets nobody in: the cause and the fix, whatever was asked."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from store import StoreError
from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore, probe
from tests.engines.elasticsearch import ElasticsearchServer
from tests.engines.security import Access, Security
from tests.store.members import POSTS

pytestmark = pytest.mark.engines


def fails(options: ElasticsearchOptions, match: str) -> None:
    """Both the question at the start and any work fail with the same cause."""
    with pytest.raises(StoreError, match=match):
        probe(options)
    with pytest.raises(StoreError, match=match):
        ElasticsearchStore(options).create([POSTS])


def signed_in(access: Access, **other: Any) -> ElasticsearchOptions:
    options = ElasticsearchOptions(
        hosts=(access.address,),
        prefix="nothing",
        username=access.user,
        password=access.password,
        ca_file=Path(access.ca or ""),
        timeout_seconds=30,
    )
    return msgspec.structs.replace(options, **other)


def test_nothing_listens_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        options = ElasticsearchOptions(hosts=(f"http://127.0.0.1:{taken.getsockname()[1]}",))
        fails(options, "127.0.0.1.*nothing listens there: start Elasticsearch")


def test_no_such_host() -> None:
    fails(ElasticsearchOptions(hosts=("http://nowhere.invalid:9200",)), "no machine has that name")


def test_something_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        options = ElasticsearchOptions(hosts=(f"http://127.0.0.1:{deaf.getsockname()[1]}",), timeout_seconds=1)
        fails(options, "no answer within 1 seconds")


def test_a_server_without_security_needs_nobody_to_sign_in(elasticsearch: str) -> None:
    probed = probe(ElasticsearchOptions(hosts=(elasticsearch,)))
    assert probed.version.startswith("9.")
    assert probed.user is None


def test_one_of_two_hosts_is_enough(elasticsearch: str) -> None:
    hosts = ("http://127.0.0.1:1", elasticsearch)
    for _ in range(3):
        assert probe(ElasticsearchOptions(hosts=hosts)).user is None


def test_https_to_a_server_that_speaks_http(elasticsearch: str) -> None:
    options = ElasticsearchOptions(hosts=(elasticsearch.replace("http://", "https://"),))
    fails(options, "it speaks plain HTTP: write http://")


def test_http_to_a_server_that_speaks_tls(secured_elasticsearch: Access) -> None:
    plain = secured_elasticsearch.address.replace("https://", "http://")
    fails(signed_in(secured_elasticsearch, hosts=(plain,), ca_file=None), "it speaks TLS: write https://")


def test_a_certificate_of_an_unknown_authority(secured_elasticsearch: Access) -> None:
    unknown = "signed by an authority that this machine does not know: set elasticsearch.ca_file"
    fails(signed_in(secured_elasticsearch, ca_file=Path(secured_elasticsearch.wrong_ca or "")), unknown)
    fails(signed_in(secured_elasticsearch, ca_file=None), unknown)


def test_a_file_that_is_no_certificate(secured_elasticsearch: Access, tmp_path: Path) -> None:
    fails(signed_in(secured_elasticsearch, ca_file=tmp_path / "nowhere.pem"), "nowhere.pem: there is no such file")
    (tmp_path / "letter.pem").write_text("Dear minister", encoding="utf-8")
    fails(signed_in(secured_elasticsearch, ca_file=tmp_path / "letter.pem"), "letter.pem: this is no certificate")


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "match"), [("expired", "has expired: renew it"), ("other host", "for another name")])
def test_a_certificate_that_does_not_hold(
    own_elasticsearch: Callable[..., ElasticsearchServer], kind: Any, match: str
) -> None:
    access = own_elasticsearch(security=Security(kind)).access
    fails(signed_in(access), match)


def test_wrong_credentials(secured_elasticsearch: Access) -> None:
    refused = "it does not accept these credentials"
    fails(signed_in(secured_elasticsearch, password="wrong"), refused)
    fails(signed_in(secured_elasticsearch, username=None, password=None), refused)
    fails(signed_in(secured_elasticsearch, api_key="bm86c3VjaA=="), f"{refused}.*make a new API key")


def test_keys_that_expired_or_were_taken_back(secured_elasticsearch: Access) -> None:
    admin = Connection(signed_in(secured_elasticsearch))
    wanted = {"name": "short", "expiration": "1ms", "role_descriptors": {}}
    for taken_back in (False, True):
        body = wanted if not taken_back else {"name": "taken back", "role_descriptors": {}}
        key = msgspec.json.decode(admin.send("POST", "/_security/api_key", body).body)
        if taken_back:
            admin.send("DELETE", "/_security/api_key", {"ids": [key["id"]]})
        fails(signed_in(secured_elasticsearch, api_key=key["encoded"]), "make a new API key")


def test_secrets_are_not_shown(secured_elasticsearch: Access) -> None:
    options = signed_in(secured_elasticsearch, api_key="c2VjcmV0")
    assert "c2VjcmV0" not in repr(options)
    assert (secured_elasticsearch.password or "") not in str(options)
