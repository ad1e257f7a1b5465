"""Why Kibana did not do what was asked, and what to do about it."""

import ssl
from http.client import BadStatusLine

import msgspec

from store import StoreError

_BY_STATUS = {
    400: "it refused the file: is it a Kibana of version 9 or later?",
    401: "it does not accept these credentials: correct elasticsearch.username and password, or make a new API key "
    "(a wrong key, an expired one and one that was taken back look the same)",
    403: "a right is missing: give the user or the API key all privileges on Kibana's saved objects in this space",
    404: "no Kibana answers there: correct kibana.url; behind a proxy it has the base path in it",
    413: "the file is too large for it or for a proxy before it: raise savedObjects.maxImportPayloadBytes",
    502: "the proxy before it reaches no Kibana: start Kibana, then run again",
    503: "it is not ready: wait until its page opens in a browser, then run again",
    504: "the proxy before it got no answer from Kibana: see Kibana's log, then run again",
}
_PLAIN_HTTP = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"})
_CERTIFICATE = (
    "set elasticsearch.ca_file to the certificate of the authority that signed it, and write its name in kibana.url as "
    "the certificate does"
)
_CLOSED = "it closed the connection without an answer: if it speaks TLS, write https:// in kibana.url"
# The first kind that fits counts: each is a kind of OSError or ValueError too.
_BY_KIND: tuple[tuple[type[Exception], str], ...] = (
    (FileNotFoundError, "there is no such file as elasticsearch.ca_file names: correct it"),
    (ssl.SSLError, "no safe connection came about: correct kibana.url, and elasticsearch.ca_file if one is set"),
    (TimeoutError, "no answer in time: see Kibana's log, then run again"),
    (ConnectionRefusedError, "nothing answers there: start Kibana, or correct kibana.url"),
    (ConnectionError, _CLOSED),
    (BadStatusLine, _CLOSED),
    (ValueError, "this is no address: write kibana.url as https://kibana.example.org:5601"),
)


class KibanaError(StoreError):
    """Kibana cannot do what was asked; the message names the place and the fix."""


class _Problem(msgspec.Struct, frozen=True):
    message: str = ""


def cause_of_status(status: int, body: bytes) -> str:
    """What an answer that is no success means, with Kibana's own words where they help."""
    try:
        said = msgspec.json.decode(body, type=_Problem).message
    except msgspec.DecodeError:
        said = ""
    cause = _BY_STATUS.get(status, f"it answered {status}: see Kibana's log")
    return f"{cause} (it says: {said})" if said and status != 401 else cause


def cause_of_failure(error: Exception) -> str:
    """Why no answer came."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted ({error.verify_message}): {_CERTIFICATE}"
    if isinstance(error, ssl.SSLError) and error.reason in _PLAIN_HTTP:
        return "it speaks plain HTTP: write http:// instead of https:// in kibana.url"
    known = next((cause for kind, cause in _BY_KIND if isinstance(error, kind)), None)
    return known or f"no way leads there: correct kibana.url, or see the network ({type(error).__name__})"
