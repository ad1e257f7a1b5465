"""The one module that speaks to Kibana, through the standard library: a file goes up, an answer comes back."""

import base64
import secrets
import ssl
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import msgspec

from es_mappings.kibana_errors import KibanaError, cause_of_failure, cause_of_status


class Kibana(msgspec.Struct, frozen=True, kw_only=True):
    """Where Kibana is and who signs in; secrets are plain text here and never shown. An `api_key` goes first."""

    url: str
    space: str = ""
    api_key: str | None = None
    username: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    timeout_seconds: float = 60.0

    def __repr__(self) -> str:
        return f"Kibana(url={self.where!r}, space={self.space!r})"

    @property
    def where(self) -> str:
        """The address without a name or password that somebody wrote into it."""
        scheme, _, rest = self.url.rpartition("://")
        return f"{scheme or 'https'}://{rest.rpartition('@')[2]}"


class Answer(msgspec.Struct, frozen=True):
    """What Kibana said."""

    status: int
    body: bytes


def get(kibana: Kibana, path: str) -> Answer:
    """The answer to a question, whatever its status; KibanaError where none comes."""
    return _send(kibana, "GET", path, {}, None)


def upload(kibana: Kibana, path: str, name: str, content: bytes) -> Answer:
    """The answer to a file that was sent as a form, as a browser does it; KibanaError where none comes."""
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = f"{head}Content-Type: application/ndjson\r\n\r\n".encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return _send(kibana, "POST", path, {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body)


def refused(kibana: Kibana, answer: Answer) -> KibanaError:
    """An answer that is no success, as an error that names the address, the cause and the fix."""
    return KibanaError(f"{kibana.where}: {cause_of_status(answer.status, answer.body)}")


def _send(kibana: Kibana, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Answer:
    place = urlsplit(kibana.url)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise KibanaError(f"{kibana.where}: this is no address: write kibana.url as https://kibana.example.org")
    target = place.path.rstrip("/") + (f"/s/{kibana.space}" if kibana.space else "") + path
    headers = headers | _credentials(kibana) | {"kbn-xsrf": "true"}
    try:
        with closing(_connection(kibana, place)) as connection:
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
    except (HTTPException, OSError, ValueError) as error:
        raise KibanaError(f"{kibana.where}: {cause_of_failure(error)}") from error


def _connection(kibana: Kibana, place: SplitResult) -> HTTPConnection:
    host = place.hostname or ""
    if place.scheme == "http":
        return HTTPConnection(host, place.port, timeout=kibana.timeout_seconds)
    context = ssl.create_default_context(cafile=str(kibana.ca_file) if kibana.ca_file else None)
    return HTTPSConnection(host, place.port, timeout=kibana.timeout_seconds, context=context)


def _credentials(kibana: Kibana) -> dict[str, str]:
    if kibana.api_key is not None:
        return {"Authorization": f"ApiKey {kibana.api_key}"}
    if kibana.username is None:
        return {}
    pair = base64.b64encode(f"{kibana.username}:{kibana.password or ''}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}
