"""The one module that speaks through the client of Elasticsearch: bytes out, a status and bytes back."""

import logging
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import elastic_transport
import elasticsearch

from store.elasticsearch.answer import Answer
from store.elasticsearch.diagnosis import diagnosed
from store.elasticsearch.options import ElasticsearchOptions
from store.errors import StoreError

# What its transport says of failures stands in our errors; without a handler it would go to the screen as well.
logging.getLogger("elastic_transport").addHandler(logging.NullHandler())

_EVERY_STATUS = tuple(range(300, 600))
_JSON, _LINES = "application/json", "application/x-ndjson"


class _Bytes(elastic_transport.Serializer):
    """Bodies pass as they are: bodies of documents must not be read as numbers and written again."""

    mimetype: ClassVar[str] = _JSON

    def loads(self, data: bytes) -> bytes:
        return data

    def dumps(self, data: Any) -> bytes:
        return bytes(data)


class _Lines(_Bytes):
    mimetype: ClassVar[str] = _LINES


class Client:
    """Connections to the hosts; any number of threads may share them."""

    def __init__(self, options: ElasticsearchOptions) -> None:
        self._options = options
        self._client = elasticsearch.Elasticsearch(
            list(options.hosts),
            request_timeout=options.timeout_seconds,
            # Once more than there are hosts: a connection that was kept open says only when it is used that it is gone.
            # Every request may be sent twice; after a timeout none is, so that the time allowed is not multiplied.
            max_retries=len(options.hosts),
            retry_on_timeout=False,
            retry_on_status=(),
            serializers={_JSON: _Bytes(), _LINES: _Lines()},
            **_credentials(options),
        ).options(ignore_status=_EVERY_STATUS)

    def send(
        self, method: str, path: str, params: Mapping[str, object], body: bytes | None, *, lines: bool, seconds: float
    ) -> Answer:
        """Send the request; StoreError when no server answers within so many seconds."""
        headers = {"accept": _JSON} | ({} if body is None else {"content-type": _LINES if lines else _JSON})
        client = self._client.options(request_timeout=seconds)
        try:
            answer = client.perform_request(method, path, params=params, headers=headers, body=body)
        except elasticsearch.UnsupportedProductError:
            hosts = ", ".join(self._options.hosts)
            raise StoreError(f"{hosts}: this is no Elasticsearch: correct elasticsearch.hosts") from None
        except elastic_transport.TransportError as error:
            raise diagnosed(self._options, error) from error
        return Answer(answer.meta.status, answer.body if isinstance(answer.body, bytes) else b"")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _credentials(options: ElasticsearchOptions) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if options.api_key is not None:
        given["api_key"] = options.api_key
    elif options.username is not None:
        given["basic_auth"] = (options.username, options.password or "")
    if options.ca_file is not None:
        _check(options.ca_file)
        given["ca_certs"] = str(options.ca_file)
    return given


def _check(ca_file: Path) -> None:
    """StoreError for a file of certificates that is none: the connection would fail without saying so."""
    try:
        ssl.create_default_context(cafile=ca_file)
    except ssl.SSLError:
        raise StoreError(f"{ca_file}: this is no certificate in PEM: correct elasticsearch.ca_file") from None
    except OSError:
        raise StoreError(f"{ca_file}: there is no such file that may be read: correct elasticsearch.ca_file") from None
