"""Why no server answered, and what to do about it."""

import socket
import ssl
from urllib.parse import urlsplit

from store.elasticsearch.options import ElasticsearchOptions
from store.errors import StoreError

_LOOK_SECONDS = 2.0
_SIGNS = (
    (
        ("self-signed", "self signed", "unable to get local issuer", "unable to get issuer"),
        "its certificate was signed by an authority that this machine does not know: set elasticsearch.ca_file to the "
        "certificate of the authority that signed it",
    ),
    (("has expired",), "its certificate has expired: renew it on the server"),
    (
        ("mismatch", "doesn't match", "not valid for"),
        "its certificate is for another name: write the host in elasticsearch.hosts as the certificate names it",
    ),
    (
        ("WRONG_VERSION_NUMBER", "wrong version number", "record layer failure", "UNEXPECTED_MESSAGE"),
        "it speaks plain HTTP: write http:// instead of https:// in elasticsearch.hosts, or switch TLS on there",
    ),
    (
        ("Connection refused", "Errno 111", "Errno 61"),
        "nothing listens there: start Elasticsearch, or correct elasticsearch.hosts",
    ),
    (
        ("Name or service not known", "nodename nor servname", "getaddrinfo", "NameResolution", "name resolution"),
        "no machine has that name: correct elasticsearch.hosts",
    ),
    (
        ("No route to host", "Network is unreachable"),
        "no way leads there: check the network and the firewall",
    ),
)
_SPEAKS_TLS = (
    "it speaks TLS: write https:// instead of http:// in elasticsearch.hosts, and set elasticsearch.ca_file to the "
    "certificate of its authority"
)
_CLOSED = "it closed the connection without an answer: see its log; it may be starting or stopping, then run again"


def diagnosed(options: ElasticsearchOptions, error: Exception) -> StoreError:
    """The failed connection as an error that names the hosts, the cause and the fix."""
    return StoreError(f"{', '.join(options.hosts)}: {_cause(options, error)}")


def _cause(options: ElasticsearchOptions, error: Exception) -> str:
    said = _everything_said(error)
    for signs, cause in _SIGNS:
        if any(sign in said for sign in signs):
            return cause
    if "timed out" in said.lower():
        return (
            f"no answer within {options.timeout_seconds:g} seconds: see whether the server is overloaded or stopped, "
            "or raise elasticsearch.timeout_seconds"
        )
    return _SPEAKS_TLS if any(map(_is_tls_behind_http, options.hosts)) else _CLOSED


def _everything_said(error: BaseException) -> str:
    said = f"{error!r} {getattr(error, 'errors', '')!r}"
    return said if error.__cause__ is None else f"{said} {_everything_said(error.__cause__)}"


def _is_tls_behind_http(host: str) -> bool:
    """Whether an address written as http:// answers a TLS greeting. Nothing is sent over that connection."""
    place = urlsplit(host)
    if place.scheme != "http" or place.hostname is None:
        return False
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection((place.hostname, place.port or 80), _LOOK_SECONDS) as plain:
            plain.settimeout(_LOOK_SECONDS)
            with context.wrap_socket(plain):
                return True
    except OSError:
        return False
