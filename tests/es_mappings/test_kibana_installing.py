"""Installing into Kibana: what is sent, what a person reads, and which errors name which fix. Kibana is played here."""

import json
import socket
from base64 import b64encode
from pathlib import Path

import pytest

from es_mappings.kibana_client import Kibana
from es_mappings.kibana_errors import KibanaError
from es_mappings.kibana_installing import install_kibana
from es_mappings.kibana_objects import saved_objects
from store import StoreError
from tests.es_mappings.kibana_server import KibanaServer, certificates, serving


def test_everything_is_there_and_a_second_time_writes_the_same_again() -> None:
    with serving(KibanaServer()) as server:
        first = install_kibana(Kibana(url=server.url), prefix="stemwacht")
        kept = dict(server.objects["default"])
        second = install_kibana(Kibana(url=server.url), prefix="stemwacht")
    assert kept == server.objects["default"] == {(one["type"], one["id"]): one for one in saved_objects("stemwacht")}
    assert {line.split(":")[0] for line in first} == {"made"}
    assert "made: Kibana dashboard 'Stemwacht: alerts'" in first
    assert [line.replace("changed", "made").removesuffix(", written again") for line in second] == first


def test_what_is_sent_is_a_file_with_an_object_on_each_line() -> None:
    with serving(KibanaServer()) as server:
        install_kibana(Kibana(url=f"{server.url}/"), prefix="p")
    (file,) = server.uploads
    assert (file.get_filename(), file.get_param("name", header="content-disposition")) == ("p.ndjson", "file")
    lines = file.get_payload(decode=True).splitlines()  # type: ignore[union-attr]
    assert [json.loads(line)["id"] for line in lines] == [one["id"] for one in saved_objects("p")]


def test_a_space_has_objects_of_its_own() -> None:
    with serving(KibanaServer(spaces=("default", "votes"))) as server:
        install_kibana(Kibana(url=server.url, space="votes"), prefix="stemwacht")
    assert set(server.objects) == {"votes"}
    assert all(name.startswith("stemwacht-votes-") for _, name in server.objects["votes"])


@pytest.mark.parametrize(
    ("credentials", "header"),
    [
        ({"username": "ann", "password": "geheim"}, f"Basic {b64encode(b'ann:geheim').decode()}"),
        ({"api_key": "a2V5", "username": "ann", "password": "geheim"}, "ApiKey a2V5"),
    ],
)
def test_who_signs_in(credentials: dict[str, str], header: str) -> None:
    with serving(KibanaServer(authorization=header)) as server:
        kibana = Kibana(url=server.url, **credentials)
        assert install_kibana(kibana, prefix="p")
        assert "geheim" not in repr(kibana)
        with pytest.raises(KibanaError, match="does not accept these credentials") as wrong:
            install_kibana(Kibana(url=server.url, username="ann"), prefix="p")
    assert "ann" not in str(wrong.value)


def test_a_server_with_tls_is_believed_by_its_authority_alone(tmp_path: Path) -> None:
    files = certificates(tmp_path)
    with serving(KibanaServer(), files) as server:
        assert install_kibana(Kibana(url=server.url, ca_file=files.ca), prefix="p")
        with pytest.raises(KibanaError, match=r"certificate is not accepted .* elasticsearch\.ca_file"):
            install_kibana(Kibana(url=server.url), prefix="p")
        with pytest.raises(KibanaError, match=r"write https:// in kibana\.url"):
            install_kibana(Kibana(url=server.url.replace("https", "http"), timeout_seconds=5), prefix="p")
        with pytest.raises(KibanaError, match=r"no such file as elasticsearch\.ca_file"):
            install_kibana(Kibana(url=server.url, ca_file=tmp_path / "none.pem"), prefix="p")


@pytest.mark.parametrize(
    ("status", "fix"),
    [
        (403, "a right is missing: give the user or the API key all privileges"),
        (404, r"no Kibana answers there: correct kibana\.url"),
        (413, r".* raise savedObjects\.maxImportPayloadBytes"),
        (418, "it answered 418: see Kibana's log"),
        (503, r"it is not ready: .* \(it says: Kibana server is not ready yet\)"),
    ],
)
def test_every_refusal_names_the_fix(status: int, fix: str) -> None:
    with serving(KibanaServer(status=status)) as server, pytest.raises(StoreError, match=f"{server.url}: {fix}"):
        install_kibana(Kibana(url=server.url), prefix="p")


def test_a_space_that_is_not_there_is_said_and_nothing_is_written() -> None:
    with (
        serving(KibanaServer()) as server,
        pytest.raises(KibanaError, match="no space 'votes', or these credentials may not see it: make the space"),
    ):
        install_kibana(Kibana(url=server.url, space="votes"), prefix="p")
    assert server.objects == {}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ({"type": "missing_references", "references": [{"type": "index-pattern", "id": "gone"}]}, r"\(gone\)"),
        ({"type": "unsupported_type"}, "does not know objects of this kind"),
        ({"type": "conflict"}, "another object has this id: delete that one"),
        (
            {"type": "unknown", "message": "[attributes.title]: expected a string", "statusCode": 400},
            "expected a string",
        ),
    ],
)
def test_an_object_that_is_refused_is_named_with_the_reason(error: dict[str, object], reason: str) -> None:
    server = KibanaServer(refuses={"p-dashboard-alerts": error})
    with (
        serving(server),
        pytest.raises(KibanaError, match=rf"refused 1 objects: dashboard p-dashboard-alerts: .*{reason}"),
    ):
        install_kibana(Kibana(url=server.url), prefix="p")


def test_an_id_that_another_space_has_is_said() -> None:
    with serving(KibanaServer(taken_elsewhere=frozenset({"p-search-alerts"}))) as server:
        lines = install_kibana(Kibana(url=server.url), prefix="p")
    (told,) = [line for line in lines if line.startswith("to do: ")]
    assert "another space has the id p-search-alerts" in told


def test_where_nothing_answers_it_is_said_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(KibanaError, match=rf"http://127\.0\.0\.1:{port}: nothing answers there: start Kibana"):
        install_kibana(Kibana(url=f"http://ann:geheim@127.0.0.1:{port}"), prefix="p")


def test_where_nothing_is_said_it_does_not_wait_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(KibanaError, match="no answer in time"):
            install_kibana(Kibana(url=url, timeout_seconds=0.2), prefix="p")


def test_another_server_is_told_from_kibana() -> None:
    with serving(KibanaServer()) as server:
        with pytest.raises(KibanaError, match=r"write http:// instead of https:// in kibana\.url"):
            install_kibana(Kibana(url=server.url.replace("http", "https")), prefix="p")
        for address in ("kibana.example.org", "ftp://kibana.example.org", "http://127.0.0.1:many"):
            with pytest.raises(KibanaError, match=r"this is no address: write kibana\.url as https://"):
                install_kibana(Kibana(url=address), prefix="p")
